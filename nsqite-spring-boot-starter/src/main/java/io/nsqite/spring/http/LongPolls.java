package io.nsqite.spring.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that wait for messages. None of them holds a thread; two threads do for all.
 *
 * <p>A servlet container does not tell that the client of a waiting request has gone, it notices when it writes. So each of them is written a
 * space a second, which means nothing in JSON.
 */
public final class LongPolls implements AutoCloseable {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final int THREADS = 2;

    private final Set<LongPoll> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService threads;
    private final ScheduledFuture<?> beats;

    /** None so far. */
    public LongPolls() {
        AtomicInteger number = new AtomicInteger();
        threads = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "nsqite-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        beats = threads.scheduleWithFixedDelay(this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many wait. */
    int waiting() {
        return waiting.size();
    }

    void begun(LongPoll poll) {
        waiting.add(poll);
    }

    void ended(LongPoll poll) {
        waiting.remove(poll);
    }

    /** What runs when a wait is over: not one of the queue's own threads. */
    Executor threads() {
        return threads;
    }

    private void beat() {
        waiting.forEach(LongPoll::beat);
    }

    @Override
    public void close() {
        beats.cancel(false);
        threads.shutdown();
    }
}
