package io.nsqite.database;

import java.time.Duration;
import java.util.Optional;

/** Notices that a transaction does not end: one that hangs fails nowhere. Begun and ended by one thread at a time, asked by any. */
final class TransactionWatch {

    private final Duration patience;
    private volatile long begunNanos;
    private volatile boolean running;

    /** @param patience longer than a transaction that works may take, its wait for others included */
    TransactionWatch(Duration patience) {
        this.patience = patience;
    }

    void begins() {
        begunNanos = System.nanoTime();
        running = true;
    }

    void ended() {
        running = false;
    }

    /** What is to be said of one that has been running for too long. */
    Optional<Refusal> overdue() {
        long since = begunNanos;
        if (!running || System.nanoTime() - since <= patience.toNanos()) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "a transaction of the queue has not ended after %s; look at the disk, and at where the thread that writes hangs"
                        .formatted(Duration.ofSeconds(
                                Duration.ofNanos(System.nanoTime() - since).toSeconds())),
                since));
    }
}
