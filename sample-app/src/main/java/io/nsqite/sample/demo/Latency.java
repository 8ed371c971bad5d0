package io.nsqite.sample.demo;

import java.time.Duration;
import java.util.Collection;

/**
 * How long messages took.
 *
 * @param p50 half of them took no longer
 * @param p99 99 of 100 took no longer
 * @param max none took longer
 */
record Latency(Duration p50, Duration p99, Duration max) {

    /** Of measured nanoseconds; zero if there are none. */
    static Latency of(Collection<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latency(percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
    }

    private static Duration percentile(long[] sorted, int percent) {
        if (sorted.length == 0) {
            return Duration.ZERO;
        }
        int rank = (int) Math.ceil(sorted.length * (percent / 100.0));
        return Duration.ofNanos(sorted[Math.max(rank, 1) - 1]);
    }
}
