package io.nsqite.spring.translation;

import java.util.regex.Pattern;

/** The words in which SQLite says that a text is no statement, or one about what does not exist; no code tells them from others. */
final class BadGrammar {

    private static final Pattern WORDS = Pattern.compile("syntax error|incomplete input|unrecognized token"
            + "|no such (?:table|column|function|index|view|trigger|collation)|ambiguous column name"
            + "|has no column named|has \\d+ columns but \\d+ values");

    private BadGrammar() {}

    static boolean isSaidBy(String message) {
        return WORDS.matcher(message).find();
    }
}
