package io.nsqite.spring.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests that wait for messages. None of them holds a thread; a few threads do for all, and none of these waits for a client or for the
 * database on behalf of others.
 *
 * <p>A servlet container does not tell that the client of a waiting request has gone, it notices when it writes. So each of them is written a
 * space a second, which means nothing in JSON.
 */
public final class LongPolls implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LongPolls.class);

    private static final Pace DEFAULT_PACE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(5));
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(5);
    private static final int FEW = 2;

    private final Set<LongPoll> waiting = ConcurrentHashMap.newKeySet();
    private final Duration patience;
    private final Beats beats = new Beats();
    private final ExecutorService endings = few("nsqite-http-end");
    private final ExecutorService returns = few("nsqite-http-return");
    private final ScheduledExecutorService clock;

    /**
     * How often, and how long.
     *
     * @param beat how long after a beat the next one follows
     * @param patience how long a beat may take before its client is not counted on any more
     */
    record Pace(Duration beat, Duration patience) {}

    /** None so far. */
    public LongPolls() {
        this(DEFAULT_PACE);
    }

    LongPolls(Pace pace) {
        patience = pace.patience();
        clock = new ScheduledThreadPoolExecutor(1, new HttpThreads("nsqite-http-clock"));
        long step = pace.beat().toMillis();
        var unused = clock.scheduleWithFixedDelay(this::beat, step, step, TimeUnit.MILLISECONDS);
    }

    private static ExecutorService few(String name) {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                FEW,
                FEW,
                IDLE_LIMIT.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                new HttpThreads(name));
        threads.allowCoreThreadTimeOut(true);
        return threads;
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
    Executor endings() {
        return endings;
    }

    /** What gives messages back, which waits for the database. */
    Executor returns() {
        return returns;
    }

    private void beat() {
        try {
            waiting.forEach(poll -> poll.withdrawIfStuckFor(patience));
            beats.next(waiting);
        } catch (Throwable noThread) { // after which there would be none any more
            log.debug("Clients that wait could not be written to, which is tried again", noThread);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        beats.close();
        endings.shutdown();
        returns.shutdown();
    }
}
