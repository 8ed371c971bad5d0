package io.nsqite.spring.http;

/** What clients have sent, as they are told it again. */
final class Shown {

    private static final int LONGEST = 100;

    private Shown() {}

    /** Its beginning, if it is long. */
    static String cut(String text) {
        return cut(text, LONGEST);
    }

    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end) + "...";
    }
}
