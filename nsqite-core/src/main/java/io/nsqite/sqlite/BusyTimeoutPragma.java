package io.nsqite.sqlite;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code PRAGMA busy_timeout}, which must not reach SQLite: it would make SQLite wait by itself, where nobody can interrupt it. The session
 * keeps the value instead, and the pragma becomes a query that answers as SQLite does.
 */
final class BusyTimeoutPragma {

    private static final Pattern VALUE =
            Pattern.compile("busy_timeout\\W*?[=(]\\s*['\"]?(-?\\d{1,9})", Pattern.CASE_INSENSITIVE);

    private BusyTimeoutPragma() {}

    /** The SQL to execute instead, if it is this pragma; else the SQL itself. */
    static String replaced(StatementKind kind, String sql, Session session) {
        if (kind != StatementKind.BUSY_TIMEOUT) {
            return sql;
        }
        Matcher value = VALUE.matcher(sql);
        if (value.find()) {
            session.busyTimeout(Duration.ofMillis(Math.max(0, Integer.parseInt(value.group(1)))));
        }
        return "SELECT " + session.busyTimeout().toMillis() + " AS timeout";
    }
}
