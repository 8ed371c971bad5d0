package io.nsqite.admin;

import java.time.Instant;

/** Times as the tables keep them. */
final class EpochMillis {

    private static final Instant LEAST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant GREATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private EpochMillis() {}

    /** The first millisecond that is not before a time; the nearest one there is for times far beyond all. */
    static long notBefore(Instant time) {
        if (time.isBefore(LEAST)) {
            return Long.MIN_VALUE;
        }
        if (!time.isBefore(GREATEST)) {
            return Long.MAX_VALUE;
        }
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis).isBefore(time) ? millis + 1 : millis;
    }
}
