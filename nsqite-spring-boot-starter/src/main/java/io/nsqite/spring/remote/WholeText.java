package io.nsqite.spring.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.stream.Collectors;

/** Text that can be sent. Java's may have halves of surrogate pairs, which UTF-8, and so JSON that all can read, has no bytes for. */
public final class WholeText {

    private WholeText() {}

    static boolean isWhole(String text) {
        return UTF_8.newEncoder().canEncode(text);
    }

    /** The headers of a message, with a question mark for each half of a pair. */
    public static Map<String, String> of(Map<String, String> headers) {
        boolean isWhole =
                headers.entrySet().stream().allMatch(header -> isWhole(header.getKey()) && isWhole(header.getValue()));
        return isWhole
                ? headers
                : headers.entrySet().stream()
                        .collect(Collectors.toMap(
                                header -> of(header.getKey()),
                                header -> of(header.getValue()),
                                (one, other) -> one)); // names that differ in such halves only
    }

    private static String of(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }
}
