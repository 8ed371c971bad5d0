package io.nsqite.database;

import java.time.Duration;

/**
 * Told what the queue's one writer commits: for metrics.
 *
 * <pre>{@code
 * Nsqite.builder(dataSource).writerListener(commit -> commits.record(commit.took()));
 * }</pre>
 *
 * <p>Called on the thread that has committed, one call at a time, while those wait whose work was committed, so it must be quick. What it throws is
 * logged and changes nothing. Transactions of the application, with what was published in them, are not the writer's.
 */
@FunctionalInterface
public interface WriterListener {

    /** A transaction was committed. */
    void committed(Commit commit);

    /**
     * A transaction of the writer.
     *
     * @param operations how many pieces of work shared it: a call of {@code publish} is one, and so is what consumers have settled together
     * @param waited how long it waited for the permit to write, behind transactions of this process and, at their turnstile, of others; zero
     *     if it wrote nothing
     * @param took how long the commit itself took, which is the disk's time
     */
    record Commit(int operations, Duration waited, Duration took) {}
}
