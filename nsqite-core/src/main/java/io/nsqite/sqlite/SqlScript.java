package io.nsqite.sqlite;

import io.nsqite.sqlite.SqlScanner.Token;
import java.util.ArrayList;
import java.util.List;

/** SQL that may hold several statements. */
final class SqlScript {

    private final String sql;
    private final SqlScanner scanner;
    private final List<String> statements = new ArrayList<>();

    private SqlScript(String sql) {
        this.sql = sql;
        this.scanner = new SqlScanner(sql);
    }

    /** The single statements, in order; the SQL itself where there is no more than one. */
    static List<String> statements(String sql) {
        int semicolon = sql.indexOf(';');
        if (semicolon < 0 || semicolon == sql.length() - 1) {
            return List.of(sql);
        }
        List<String> statements = new SqlScript(sql).split();
        return statements.size() <= 1 ? List.of(sql) : statements;
    }

    private List<String> split() {
        Token token = scanner.next();
        while (token != Token.END) {
            int start = scanner.start();
            if (token != Token.SEMICOLON) {
                skipStatement();
                statements.add(sql.substring(start, scanner.end()));
            }
            token = scanner.next();
        }
        return statements;
    }

    /** From the first word to the semicolon that ends the statement; a trigger's body has semicolons of its own. */
    private void skipStatement() {
        boolean trigger = isTrigger();
        boolean behindSemicolon = false;
        boolean behindEnd = false;
        while (true) {
            Token token = scanner.next();
            if (token == Token.END || (token == Token.SEMICOLON && (!trigger || behindEnd))) {
                return;
            }
            behindEnd = behindSemicolon && scanner.isAt("END");
            behindSemicolon = token == Token.SEMICOLON;
        }
    }

    private boolean isTrigger() {
        SqlScanner ahead = new SqlScanner(sql.substring(scanner.start()));
        ahead.next();
        if (ahead.isAt("EXPLAIN")) {
            ahead.next();
        }
        if (!ahead.isAt("CREATE")) {
            return false;
        }
        ahead.next();
        if (ahead.isAt("TEMP") || ahead.isAt("TEMPORARY")) {
            ahead.next();
        }
        return ahead.isAt("TRIGGER");
    }
}
