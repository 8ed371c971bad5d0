package io.nsqite.spring.translation;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Makes Spring's exceptions of SQLite's errors, as Spring itself does for other databases but not for this one. Those of other databases,
 * and what SQLite says that is not in its table, go to another translator. Safe for use by many threads.
 *
 * <p>The starter declares one as a bean, unless the application has a translator of its own. One that wants this as well asks it first or last:
 *
 * <pre>{@code
 * SQLExceptionTranslator translator = new SqliteExceptionTranslator(myOwn);
 * jdbcTemplate.setExceptionTranslator(translator);
 * }</pre>
 */
public final class SqliteExceptionTranslator implements SQLExceptionTranslator {

    /** How Spring's dialect for Hibernate begins its tasks. */
    private static final String TASK_OF_HIBERNATE = "Hibernate ";

    private final SQLExceptionTranslator others;

    /** With Spring's default translation of what is not SQLite's. */
    public SqliteExceptionTranslator() {
        this(new SQLExceptionSubclassTranslator());
    }

    /** With another translation of what is not SQLite's. */
    public SqliteExceptionTranslator(SQLExceptionTranslator others) {
        this.others = others;
    }

    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        SqliteError error = SqliteError.of(failure);
        DataAccessException translated = error == null ? null : translate(new Failed(task, sql, failure), error);
        return translated == null ? translateOther(task, sql, failure) : translated;
    }

    /** Hibernate knows more of its other databases' exceptions, such as the name of a constraint, so they are left to it. */
    private @Nullable DataAccessException translateOther(String task, @Nullable String sql, SQLException failure) {
        return task.startsWith(TASK_OF_HIBERNATE) ? null : others.translate(task, sql, failure);
    }

    private static @Nullable DataAccessException translate(Failed failed, SqliteError error) {
        if (error.isSecondWriter()) {
            return new InvalidDataAccessApiUsageException(failed.message(), failed.cause());
        }
        return switch (error.primaryCode()) {
            case SqliteError.BUSY, SqliteError.LOCKED, SqliteError.PROTOCOL ->
                new CannotAcquireLockException(failed.message(), failed.cause());
            case SqliteError.CONSTRAINT, SqliteError.MISMATCH, SqliteError.TOO_BIG -> violation(failed, error);
            case SqliteError.READ_ONLY, SqliteError.PERM, SqliteError.AUTH ->
                new PermissionDeniedDataAccessException(failed.message(), failed.cause());
            case SqliteError.FULL, SqliteError.IO_ERROR, SqliteError.CANT_OPEN, SqliteError.NO_MEMORY ->
                new DataAccessResourceFailureException(failed.message(), failed.cause());
            case SqliteError.CORRUPT, SqliteError.NOT_A_DATABASE ->
                new NonTransientDataAccessResourceException(failed.message(), failed.cause());
            case SqliteError.INTERRUPT -> new QueryTimeoutException(failed.message(), failed.cause());
            default -> grammar(failed, error);
        };
    }

    private static DataAccessException violation(Failed failed, SqliteError error) {
        return error.isDuplicateKey()
                ? new DuplicateKeyException(failed.message(), failed.cause())
                : new DataIntegrityViolationException(failed.message(), failed.cause());
    }

    private static @Nullable DataAccessException grammar(Failed failed, SqliteError error) {
        String sql = failed.sql();
        return sql != null && error.isBadGrammar()
                ? new BadSqlGrammarException(failed.task(), sql, failed.cause())
                : null;
    }

    private record Failed(String task, @Nullable String sql, SQLException cause) {

        String message() {
            return sql == null
                    ? "%s; %s".formatted(task, cause.getMessage())
                    : "%s; SQL [%s]; %s".formatted(task, sql, cause.getMessage());
        }
    }
}
