package io.nsqite.spring.http;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.convert.DurationStyle;

/**
 * Which lengths of time a client may ask for, and how it writes them: "500ms", "30s", "5m", "1h", "2d" or as ISO 8601 has them.
 *
 * @param least the shortest
 * @param most the longest
 */
record DurationRange(Duration least, Duration most) {

    /** How long a message may stay without an answer. */
    static final DurationRange VISIBILITY = new DurationRange(Duration.ofMillis(100), Duration.ofHours(12));

    /** How long a request may wait for messages. */
    static final DurationRange WAIT = new DurationRange(Duration.ZERO, Duration.ofMinutes(1));

    /** How long a message may be put off. */
    static final DurationRange DELAY = new DurationRange(Duration.ZERO, Duration.ofDays(365));

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

    /** @throws RefusedRequestException if the text is no duration, or out of this range */
    Duration parse(String name, String text) {
        Duration duration = duration(name, text);
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw RefusedRequestException.badRequest("%s must be from %s to %s but was '%s'"
                    .formatted(name, shown(least), shown(most), Shown.cut(text)));
        }
        return duration;
    }

    private static Duration duration(String name, String text) {
        if (NUMBER.matcher(text).matches()) {
            throw RefusedRequestException.badRequest("%s needs a unit: '%s' could be seconds or minutes; write %ss"
                    .formatted(name, Shown.cut(text), Shown.cut(text)));
        }
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw RefusedRequestException.badRequest(
                    "%s must be a duration such as 30s, 5m or PT30S but was '%s'".formatted(name, Shown.cut(text)));
        }
    }

    private static String shown(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        return duration.toSeconds() % 3600 == 0 && !duration.isZero()
                ? duration.toHours() + "h"
                : duration.toSeconds() + "s";
    }
}
