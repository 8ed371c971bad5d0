package io.nsqite.spring.translation;

import io.nsqite.error.DatabaseException;
import io.nsqite.error.ErrorTranslation;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** What the database refuses to the queue, as a translator of Spring has it; what it has no word for stays as it is. */
public final class SpringErrorTranslation implements ErrorTranslation {

    private final SQLExceptionTranslator translator;

    /** By this translator. */
    public SpringErrorTranslation(SQLExceptionTranslator translator) {
        this.translator = translator;
    }

    @Override
    public RuntimeException translate(DatabaseException failure) {
        DataAccessException translated = translator.translate(failure.call(), null, failure.sqlException());
        return translated == null || translated instanceof UncategorizedSQLException ? failure : translated;
    }
}
