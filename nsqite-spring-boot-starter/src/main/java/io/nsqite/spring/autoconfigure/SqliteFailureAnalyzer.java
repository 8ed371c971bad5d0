package io.nsqite.spring.autoconfigure;

import io.nsqite.error.DatabaseException;
import io.nsqite.spring.translation.SqliteError;
import io.nsqite.sqlite.ReadOnlyConnectionException;
import io.nsqite.sqlite.SecondWriterException;
import io.nsqite.sqlite.WriteTimeoutException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains that SQLite could not be worked with at the start; not that it refused a statement, or our connections a transaction, which is
 * the application's own.
 */
final class SqliteFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        SqliteError error = SqliteError.of(cause);
        if (error == null) {
            return null;
        }
        String action = action(rootFailure, error);
        return action == null
                ? null
                : new FailureAnalysis(
                        "The SQLite database is needed for the start of the application, but said: "
                                + error.source().getMessage(),
                        action,
                        cause);
    }

    private @Nullable String action(Throwable rootFailure, SqliteError error) {
        SQLException source = error.source();
        if (source instanceof ReadOnlyConnectionException || source instanceof SecondWriterException) {
            return null; // where the application wrote, its message says how to do it
        }
        if (source instanceof WriteTimeoutException) {
            return "End that transaction, or raise busy_timeout in the URL.";
        }
        if (error.primaryCode() == SqliteError.READ_ONLY && !isOfTheQueue(rootFailure)) {
            return null; // the application may know that it only reads, and wrote all the same
        }
        return action(error);
    }

    private boolean isOfTheQueue(Throwable rootFailure) {
        return findCause(rootFailure, DatabaseException.class) != null;
    }

    private static @Nullable String action(SqliteError error) {
        return switch (error.primaryCode()) {
            case SqliteError.CANT_OPEN, SqliteError.PERM ->
                "Look at the path in spring.datasource.url: it must lead to a file that this process may read and write, or create, in a"
                        + " folder it may write to.";
            case SqliteError.BUSY, SqliteError.LOCKED, SqliteError.PROTOCOL ->
                "Another process, such as a shell with an open transaction, is writing to the database. End its transaction, or raise"
                        + " busy_timeout in the URL.";
            case SqliteError.READ_ONLY ->
                "Let the process write the file and its folder, and leave out settings like open_mode=1 and mode=ro.";
            case SqliteError.FULL -> "Make room on the disk, or raise PRAGMA max_page_count.";
            case SqliteError.IO_ERROR ->
                "Look at the disk and its file system; SQLite needs one with working locks, which those of a network may not have.";
            case SqliteError.CORRUPT, SqliteError.NOT_A_DATABASE ->
                "Stop all that use the file, keep a copy of it with its -wal, and restore a backup, or save what can be with the .recover command of the sqlite3 shell.";
            default -> null;
        };
    }
}
