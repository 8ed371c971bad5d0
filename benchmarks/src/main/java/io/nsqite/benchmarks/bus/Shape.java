package io.nsqite.benchmarks.bus;

/**
 * Who publishes to whom.
 *
 * @param publishers how many threads publish
 * @param subscribers how many get each event
 * @param concurrency how many handlers of a subscriber run side by side
 */
public record Shape(int publishers, int subscribers, int concurrency) {

    /** How many events may wait for a subscriber, everywhere. */
    static final int QUEUE_SIZE = 1024;

    @Override
    public String toString() {
        return "%d:%d%s".formatted(publishers, subscribers, concurrency == 1 ? "" : ", concurrency " + concurrency);
    }
}
