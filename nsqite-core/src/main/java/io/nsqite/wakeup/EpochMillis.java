package io.nsqite.wakeup;

import java.time.Instant;

/** Times as the tables keep them: the millisecond in which something happened. */
public final class EpochMillis {

    private static final Instant LEAST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant GREATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private EpochMillis() {}

    /**
     * The millisecond that a time lies in, so that whatever happened at that time or later has this number or a greater one; the nearest
     * one there is for times far beyond all.
     */
    public static long of(Instant time) {
        if (time.isBefore(LEAST)) {
            return Long.MIN_VALUE;
        }
        return time.isBefore(GREATEST) ? time.toEpochMilli() : Long.MAX_VALUE;
    }
}
