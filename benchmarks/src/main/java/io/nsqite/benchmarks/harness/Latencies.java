package io.nsqite.benchmarks.harness;

import java.util.Arrays;

/**
 * How long messages take from the end of their commit to their handler. Made for messages numbered from 0; each number has one
 * publisher and one handler, so threads don't meet here, and the figures may be read once all are done. A handler
 * that was called before the committing thread had looked at the clock counts as called at once.
 */
public final class Latencies {

    private final long[] committed;
    private final long[] handled;
    private final int stride;

    /**
     * For so many messages.
     *
     * @param capacity what comes after these is not recorded
     */
    public static Latencies ofAll(int capacity) {
        return new Latencies(capacity, 1);
    }

    /** For every so manieth of many messages. */
    public static Latencies ofEvery(int stride, int capacity) {
        return new Latencies(capacity, stride);
    }

    private Latencies(int capacity, int stride) {
        this.committed = new long[capacity];
        this.handled = new long[capacity];
        this.stride = stride;
    }

    /** The commit of this message has just returned. */
    public void committed(long number) {
        stamp(committed, number, System.nanoTime());
    }

    /** This message's handler is called. */
    public void handled(long number) {
        handledAt(number, System.nanoTime());
    }

    /** This message's handler was called then, by {@link System#nanoTime}, also in another process: on Linux all processes have the same. */
    public void handledAt(long number, long nanoTime) {
        stamp(handled, number, nanoTime);
    }

    private void stamp(long[] times, long number, long time) {
        int index = (int) (number / stride);
        if (number % stride == 0 && index < times.length) {
            times[index] = time;
        }
    }

    /** A sample with these latencies added. */
    public Sample addTo(Sample sample) {
        long[] sorted = sorted();
        return sorted.length == 0
                ? sample
                : sample.with(Measure.P50, millis(sorted, 0.5))
                        .with(Measure.P99, millis(sorted, 0.99))
                        .with(Measure.SLOWEST, millis(sorted, 1));
    }

    private long[] sorted() {
        long[] waits = new long[committed.length];
        int count = 0;
        for (int i = 0; i < committed.length; i++) {
            if (committed[i] != 0 && handled[i] != 0) {
                waits[count++] = Math.max(0, handled[i] - committed[i]);
            }
        }
        long[] sorted = Arrays.copyOf(waits, count);
        Arrays.sort(sorted);
        return sorted;
    }

    private static double millis(long[] sorted, double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, index)] / 1e6;
    }
}
