package io.nsqite.jdbc;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the names of a queue's tables, indexes, triggers and views begin with. Queues with different prefixes in one database are
 * independent of each other. Immutable.
 *
 * <pre>{@code
 * private final Sql name = prefix.sql("SELECT name FROM {topic} WHERE id = ?");
 * }</pre>
 *
 * @param text a letter or {@code _}, then up to 30 letters, digits or {@code _}; not {@code sqlite_}, which is SQLite's own. SQLite does
 *     not distinguish upper and lower case in names, so it becomes lower case
 */
public record TablePrefix(String text) {

    /** Unless another one is set. */
    public static final TablePrefix DEFAULT = new TablePrefix("nsqite_");

    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

    /** @throws IllegalArgumentException if names can't begin like this */
    public TablePrefix {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]{0,30}")) {
            throw new IllegalArgumentException(
                    "The table prefix must be a letter or _ and then up to 30 letters, digits or _, like jobs_, but was '%s'"
                            .formatted(text));
        }
        text = text.toLowerCase(Locale.ROOT);
        if (text.startsWith("sqlite_")) {
            throw new IllegalArgumentException(
                    "The table prefix must not begin with sqlite_, which SQLite keeps for its own tables, but was '%s'; use another, like jobs_"
                            .formatted(text));
        }
    }

    /** A statement whose text names tables in braces. */
    public Sql sql(String template) {
        return Sql.of(in(template));
    }

    /** A text in which each name in braces, as in <code>{topic}</code>, got this prefix. */
    public String in(String template) {
        return NAME.matcher(template).replaceAll(text + "$1");
    }

    @Override
    public String toString() {
        return text;
    }
}
