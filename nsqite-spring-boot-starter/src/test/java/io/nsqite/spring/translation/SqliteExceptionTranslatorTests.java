package io.nsqite.spring.translation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The table of translations, also of what can't be brought about in a test; the integration tests bring about the rest. */
class SqliteExceptionTranslatorTests {

    private final SQLExceptionTranslator translator = new SqliteExceptionTranslator();

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, CannotAcquireLockException",
        "SQLITE_BUSY_SNAPSHOT, CannotAcquireLockException",
        "SQLITE_LOCKED, CannotAcquireLockException",
        "SQLITE_LOCKED_SHAREDCACHE, CannotAcquireLockException",
        "SQLITE_PROTOCOL, CannotAcquireLockException",
        "SQLITE_CONSTRAINT_UNIQUE, DuplicateKeyException",
        "SQLITE_CONSTRAINT_PRIMARYKEY, DuplicateKeyException",
        "SQLITE_CONSTRAINT_ROWID, DuplicateKeyException",
        "SQLITE_CONSTRAINT, DataIntegrityViolationException",
        "SQLITE_CONSTRAINT_FOREIGNKEY, DataIntegrityViolationException",
        "SQLITE_CONSTRAINT_NOTNULL, DataIntegrityViolationException",
        "SQLITE_CONSTRAINT_CHECK, DataIntegrityViolationException",
        "SQLITE_CONSTRAINT_TRIGGER, DataIntegrityViolationException",
        "SQLITE_MISMATCH, DataIntegrityViolationException",
        "SQLITE_TOOBIG, DataIntegrityViolationException",
        "SQLITE_READONLY, PermissionDeniedDataAccessException",
        "SQLITE_READONLY_DBMOVED, PermissionDeniedDataAccessException",
        "SQLITE_PERM, PermissionDeniedDataAccessException",
        "SQLITE_AUTH, PermissionDeniedDataAccessException",
        "SQLITE_FULL, DataAccessResourceFailureException",
        "SQLITE_IOERR_WRITE, DataAccessResourceFailureException",
        "SQLITE_CANTOPEN, DataAccessResourceFailureException",
        "SQLITE_NOMEM, DataAccessResourceFailureException",
        "SQLITE_CORRUPT, NonTransientDataAccessResourceException",
        "SQLITE_NOTADB, NonTransientDataAccessResourceException",
        "SQLITE_INTERRUPT, QueryTimeoutException"
    })
    void everyCodeOfTheTableHasItsException(SQLiteErrorCode code, String expected) {
        SQLException failure = new SQLiteException("refused", code);
        assertThat(translator.translate("Counting", "SELECT 1", failure))
                .hasMessage("Counting; SQL [SELECT 1]; refused")
                .hasCause(failure)
                .extracting(translated -> translated.getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    void anErrorIsFoundInTheExceptionThatWrapsIt() {
        SQLException cause = new SQLiteException("refused", SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);
        assertThat(translator.translate("Counting", null, new BatchUpdateException("entry 3", new int[3], cause)))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessage("Counting; entry 3");
    }

    @Test
    void whatIsNotInTheTableIsLeftToSpring() {
        assertThat(translator.translate("Counting", "x", new SQLiteException("?", SQLiteErrorCode.SQLITE_ERROR)))
                .isNull();
        assertThat(translator.translate("Counting", "x", new SQLiteException("?", SQLiteErrorCode.SQLITE_MISUSE)))
                .isNull();
    }

    @Test
    void otherDatabasesAreLeftToSpringWhateverTheirCodesAre() {
        assertThat(translator.translate("Counting", "x", new SQLException("duplicate", "23505", 5)))
                .isExactlyInstanceOf(DuplicateKeyException.class);
        assertThat(translator.translate("Counting", "x", new SQLException("cancelled", "57014", 19)))
                .isExactlyInstanceOf(QueryTimeoutException.class);
        assertThat(translator.translate("Counting", "x", new SQLException("?", null, 19)))
                .isNull();
    }

    @Test
    void anotherTranslationOfOtherDatabasesCanBeGiven() {
        SQLExceptionTranslator own = (task, sql, failure) -> new DataIntegrityViolationException("own");
        assertThat(new SqliteExceptionTranslator(own).translate("Counting", "x", new SQLException("?")))
                .hasMessage("own");
    }

    @Test
    void noClassOfTheDriverIsNeeded() throws Exception {
        SQLExceptionTranslator withoutDriver = (SQLExceptionTranslator) new WithoutDriver()
                .loadClass(SqliteExceptionTranslator.class.getName())
                .getConstructor()
                .newInstance();
        assertThat(withoutDriver.getClass()).isNotEqualTo(SqliteExceptionTranslator.class);
        assertThat(withoutDriver.translate("Counting", "x", new SQLException("duplicate", "23505")))
                .isExactlyInstanceOf(DuplicateKeyException.class);
        // of a driver that it can't see it knows the primary code
        assertThat(withoutDriver.translate(
                        "Counting", "x", new SQLiteException("refused", SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE)))
                .isExactlyInstanceOf(DataIntegrityViolationException.class);
    }

    /** Has the translation anew, and no driver. */
    private static final class WithoutDriver extends ClassLoader {

        WithoutDriver() {
            super(SqliteExceptionTranslator.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.sqlite.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith(SqliteExceptionTranslator.class.getPackageName() + ".")
                    ? define(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
