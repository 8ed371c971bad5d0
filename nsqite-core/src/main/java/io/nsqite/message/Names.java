package io.nsqite.message;

import org.jspecify.annotations.Nullable;

/** The rule for the names of topics and channels: {@code [.a-zA-Z0-9_-]{1,64}}, as in NSQ. */
public final class Names {

    private static final int LONGEST = 64;

    private Names() {}

    /**
     * Returns the name of a topic, checked.
     *
     * @throws IllegalArgumentException if it is missing or malformed
     */
    public static String topic(@Nullable String name) {
        return check("topic", name);
    }

    /**
     * Returns the name of a channel, checked.
     *
     * @throws IllegalArgumentException if it is missing or malformed
     */
    public static String channel(@Nullable String name) {
        return check("channel", name);
    }

    private static String check(String what, @Nullable String name) {
        if (name == null || !isValid(name)) {
            throw new IllegalArgumentException("The name of a %s is 1 to 64 characters of a-z A-Z 0-9 . _ - but was %s"
                    .formatted(what, name == null ? "null" : "'" + name + "'"));
        }
        return name;
    }

    /** By hand, as every message that is published asks. */
    private static boolean isValid(String name) {
        boolean valid = !name.isEmpty() && name.length() <= LONGEST;
        for (int i = 0; valid && i < name.length(); i++) {
            valid = isValid(name.charAt(i));
        }
        return valid;
    }

    private static boolean isValid(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
