package io.nsqite.spring.http;

import java.time.Duration;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes the beats of all requests that wait. One thread does it, and each time another one, up to a bound, if some are stuck with clients that
 * don't read: these get on when the container gives the client up.
 */
final class Beats implements AutoCloseable {

    /** So many clients can be stuck at a time without the end of others going unnoticed. */
    private static final int MOST = 32;

    private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);

    private final Queue<LongPoll> due = new ConcurrentLinkedQueue<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            MOST,
            IDLE_LIMIT.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            new HttpThreads("nsqite-http-beat"),
            new ThreadPoolExecutor.DiscardPolicy());

    /** Each of them is due, unless some are left from the last time, which come first. */
    void next(Collection<LongPoll> polls) {
        if (due.isEmpty()) {
            due.addAll(polls);
        }
        if (!due.isEmpty()) {
            threads.execute(this::write);
        }
    }

    private void write() {
        LongPoll next = due.poll();
        while (next != null) {
            next.beat();
            next = due.poll();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
