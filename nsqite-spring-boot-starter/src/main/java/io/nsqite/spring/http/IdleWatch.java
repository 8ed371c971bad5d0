package io.nsqite.spring.http;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks from time to time whether channels are served for nobody. On a thread of its own, as giving them back writes. */
final class IdleWatch implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IdleWatch.class);

    private static final Duration LONGEST_STEP = Duration.ofSeconds(1);
    private static final int STEPS = 4;

    private final ScheduledExecutorService thread;
    private final Runnable look;

    /**
     * Begins to look.
     *
     * @param limit after which time a channel is to be given back
     */
    IdleWatch(Duration limit, Runnable look) {
        this.look = look;
        thread = new ScheduledThreadPoolExecutor(1, new HttpThreads("nsqite-http-idle"));
        Duration part = limit.dividedBy(STEPS);
        long step = part.compareTo(LONGEST_STEP) < 0 ? part.toMillis() : LONGEST_STEP.toMillis();
        var unused = thread.scheduleWithFixedDelay(this::look, step, step, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            look.run();
        } catch (Throwable e) { // after which it would never look again
            log.debug("A channel could not be given back, which is tried again", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
