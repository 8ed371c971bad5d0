package io.nsqite.sqlite;

import io.nsqite.sqlite.SqlScanner.Token;
import java.util.Locale;
import java.util.Set;

/** What a statement means for transactions and for the write permit. What is not recognised counts as a write. */
enum StatementKind {
    /** Reads and nothing else. */
    READ,
    /** Adds rows, the last of which gives its key. */
    INSERT,
    /** Changes the database in another way. */
    WRITE,
    /** Changes what only this connection sees. */
    TEMPORARY,
    /** Concerns the connection, not the data: never begins a transaction, never waits for writers. */
    SETTING,
    /** Sets or asks for the busy timeout, which this library keeps by itself. */
    BUSY_TIMEOUT,
    /** Writes, but can't run inside a transaction. */
    STANDALONE,
    /** Begins a transaction. */
    BEGIN,
    /** Ends a transaction well. */
    COMMIT,
    /** Ends a transaction and undoes it. */
    ROLLBACK,
    /** Sets a savepoint; outside a transaction it begins one. */
    SAVEPOINT,
    /** Gives a savepoint up; if it began the transaction, this ends it. */
    RELEASE,
    /** Goes back to a savepoint. */
    ROLLBACK_TO;

    private static final Set<String> ALWAYS_WRITING_PRAGMAS = Set.of("optimize", "incremental_vacuum");
    private static final Set<String> PRAGMAS_WRITING_A_VALUE =
            Set.of("user_version", "application_id", "schema_version", "default_cache_size");

    /** The kind of the first statement of this SQL. */
    static StatementKind of(String sql) {
        SqlScanner scanner = new SqlScanner(sql);
        Token token = scanner.next();
        while (token == Token.SEMICOLON) {
            token = scanner.next();
        }
        if (token == Token.END) {
            return SETTING;
        }
        if (scanner.isAt("SELECT") || scanner.isAt("VALUES") || scanner.isAt("EXPLAIN") || scanner.isAt("BACKUP")) {
            return READ;
        }
        if (addsRows(scanner)) {
            return INSERT;
        }
        if (changesRows(scanner)) {
            return WRITE;
        }
        return ofRarerStatement(scanner);
    }

    private static boolean addsRows(SqlScanner scanner) {
        return scanner.isAt("INSERT") || scanner.isAt("REPLACE");
    }

    private static boolean changesRows(SqlScanner scanner) {
        return scanner.isAt("UPDATE") || scanner.isAt("DELETE");
    }

    private static StatementKind ofRarerStatement(SqlScanner scanner) {
        if (scanner.isAt("WITH")) {
            return behindCommonTables(scanner);
        }
        if (scanner.isAt("PRAGMA")) {
            return ofPragma(scanner);
        }
        if (scanner.isAt("CREATE")) {
            scanner.next();
            return scanner.isAt("TEMP") || scanner.isAt("TEMPORARY") ? TEMPORARY : WRITE;
        }
        if (scanner.isAt("ATTACH") || scanner.isAt("DETACH")) {
            return SETTING;
        }
        if (scanner.isAt("VACUUM")) {
            // a copy to another file takes its time and only reads here
            return contains(scanner, "INTO") ? SETTING : STANDALONE;
        }
        if (scanner.isAt("RESTORE")) {
            return STANDALONE;
        }
        return ofTransactionControl(scanner);
    }

    private static StatementKind ofTransactionControl(SqlScanner scanner) {
        if (scanner.isAt("BEGIN")) {
            return BEGIN;
        }
        if (scanner.isAt("COMMIT") || scanner.isAt("END")) {
            return COMMIT;
        }
        if (scanner.isAt("ROLLBACK")) {
            return contains(scanner, "TO") ? ROLLBACK_TO : ROLLBACK;
        }
        if (scanner.isAt("SAVEPOINT")) {
            return SAVEPOINT;
        }
        return scanner.isAt("RELEASE") ? RELEASE : WRITE;
    }

    /** The first verb outside all parentheses decides. */
    private static StatementKind behindCommonTables(SqlScanner scanner) {
        int depth = 0;
        for (Token token = scanner.next(); !endsStatement(token); token = scanner.next()) {
            if (token == Token.OPENING) {
                depth++;
            } else if (token == Token.CLOSING) {
                depth--;
            } else if (depth == 0 && token == Token.WORD) {
                if (scanner.isAt("SELECT") || scanner.isAt("VALUES")) {
                    return READ;
                }
                if (addsRows(scanner)) {
                    return INSERT;
                }
                if (changesRows(scanner)) {
                    return WRITE;
                }
            }
        }
        return WRITE;
    }

    private static StatementKind ofPragma(SqlScanner scanner) {
        scanner.next();
        String pragma = unquoted(scanner.text());
        Token behind = scanner.next();
        if (behind == Token.OTHER && scanner.isAt(".")) {
            scanner.next();
            pragma = unquoted(scanner.text());
            behind = scanner.next();
        }
        if (pragma.equals("busy_timeout")) {
            return BUSY_TIMEOUT;
        }
        if (pragma.equals("wal_checkpoint")) {
            return STANDALONE;
        }
        boolean hasValue = !endsStatement(behind);
        boolean writes =
                ALWAYS_WRITING_PRAGMAS.contains(pragma) || (hasValue && PRAGMAS_WRITING_A_VALUE.contains(pragma));
        return writes ? WRITE : SETTING;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 1 && !Character.isLetterOrDigit(name.charAt(0)) && name.charAt(0) != '_';
        return (quoted ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT);
    }

    private static boolean contains(SqlScanner scanner, String word) {
        for (Token token = scanner.next(); !endsStatement(token); token = scanner.next()) {
            if (token == Token.WORD && scanner.isAt(word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsStatement(Token token) {
        return token == Token.SEMICOLON || token == Token.END;
    }

    /** Whether a transaction must have begun before this runs, when autocommit is off. */
    boolean runsInTransaction() {
        return this == READ || this == INSERT || this == WRITE || this == TEMPORARY;
    }

    /** Whether this must hold the write permit, when it runs outside a transaction. */
    boolean needsPermit() {
        return this == INSERT || this == WRITE || this == STANDALONE;
    }

    /** Whether this drives the connection's transaction instead of running in it. */
    boolean controlsTransaction() {
        return switch (this) {
            case BEGIN, COMMIT, ROLLBACK, SAVEPOINT, RELEASE, ROLLBACK_TO -> true;
            default -> false;
        };
    }
}
