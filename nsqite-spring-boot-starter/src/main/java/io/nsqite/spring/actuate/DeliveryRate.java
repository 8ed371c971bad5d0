package io.nsqite.spring.actuate;

import java.util.concurrent.TimeUnit;

/** Counts by the second over the last minute. */
final class DeliveryRate {

    private static final int SECONDS = 60;

    private final long startNanos;
    private final long[] counts = new long[SECONDS];
    private long current;

    DeliveryRate(long nowNanos) {
        startNanos = nowNanos;
    }

    synchronized void count(long nowNanos) {
        moveTo(second(nowNanos));
        counts[slot(current)]++;
    }

    /** The mean over the last minute, or over the time since the first message if that is shorter. */
    synchronized double perSecond(long nowNanos) {
        moveTo(second(nowNanos));
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return (double) sum / Math.min(SECONDS, current + 1);
    }

    private long second(long nowNanos) {
        return Math.max(current, TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos));
    }

    private void moveTo(long second) {
        for (long passed = Math.max(current + 1, second - SECONDS + 1); passed <= second; passed++) {
            counts[slot(passed)] = 0;
        }
        current = second;
    }

    private static int slot(long second) {
        return (int) (second % SECONDS);
    }
}
