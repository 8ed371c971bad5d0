package io.nsqite.sqlite;

/** Walks through SQL token by token, as exactly as telling statements apart needs it; comments and blanks are skipped. */
final class SqlScanner {

    /** What the scanner can stand on. */
    enum Token {
        WORD,
        QUOTED,
        OPENING,
        CLOSING,
        SEMICOLON,
        OTHER,
        END
    }

    private final String sql;
    private int start;
    private int end;

    SqlScanner(String sql) {
        this.sql = sql;
    }

    /** Moves to the next token. */
    Token next() {
        skipBlanksAndComments();
        start = end;
        if (end == sql.length()) {
            return Token.END;
        }
        char first = sql.charAt(end++);
        return switch (first) {
            case '(' -> Token.OPENING;
            case ')' -> Token.CLOSING;
            case ';' -> Token.SEMICOLON;
            case '\'', '"', '`' -> quoted(first);
            case '[' -> quoted(']');
            default -> wordOrOther(first);
        };
    }

    /** Whether the current token is this word, in any case. */
    boolean isAt(String word) {
        return end - start == word.length() && sql.regionMatches(true, start, word, 0, word.length());
    }

    /** The current token as it is written. */
    String text() {
        return sql.substring(start, end);
    }

    /** Where the current token begins. */
    int start() {
        return start;
    }

    /** The position behind the current token. */
    int end() {
        return end;
    }

    private Token wordOrOther(char first) {
        if (!isWordPart(first)) {
            return Token.OTHER;
        }
        while (end < sql.length() && isWordPart(sql.charAt(end))) {
            end++;
        }
        return Token.WORD;
    }

    private static boolean isWordPart(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '$'
                || c > '\u007f';
    }

    /** A doubled quote ends one token and begins the next, which is all the same here. */
    private Token quoted(char quote) {
        int closing = sql.indexOf(quote, end);
        end = closing < 0 ? sql.length() : closing + 1;
        return Token.QUOTED;
    }

    private void skipBlanksAndComments() {
        while (end < sql.length()) {
            char c = sql.charAt(end);
            if (c <= ' ' || c == '\ufeff') {
                end++;
            } else if (sql.startsWith("--", end)) {
                int newLine = sql.indexOf('\n', end);
                end = newLine < 0 ? sql.length() : newLine + 1;
            } else if (sql.startsWith("/*", end)) {
                int closing = sql.indexOf("*/", end + 2);
                end = closing < 0 ? sql.length() : closing + 2;
            } else {
                return;
            }
        }
    }
}
