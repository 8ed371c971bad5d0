package io.nsqite.bus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The publishers that wait for a subscription to have room. Says so in the log when it takes long, one line for all of them in a while. */
final class Congestion {

    private static final Logger log = LoggerFactory.getLogger(Congestion.class);

    private static final long BETWEEN_WARNINGS = TimeUnit.SECONDS.toNanos(10);

    private final Place place;
    private final Line line;
    private final BusOptions options;
    private final long patience;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    Congestion(Place place, Line line, BusOptions options) {
        this.place = place;
        this.line = line;
        this.options = options;
        Duration longest = Duration.ofNanos(Long.MAX_VALUE / 2);
        Duration wanted = options.waitWarning();
        patience = (wanted.compareTo(longest) > 0 ? longest : wanted).toNanos();
    }

    /** Waits until an event is let in, the time is over, or the subscription ends. */
    Reception offer(Object event, long deadline) throws InterruptedException {
        waiting.incrementAndGet();
        try {
            Reception reception = await(event, deadline);
            line.passRoomOn();
            return reception;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Reception await(Object event, long deadline) throws InterruptedException {
        long begin = System.nanoTime();
        long warnAt = begin + patience;
        Reception reception = line.offer(event);
        while (reception == Reception.FULL) {
            long now = System.nanoTime();
            if (deadline - now <= 0) {
                return Reception.TIMED_OUT;
            }
            if (warnAt - now <= 0) {
                warn(now, now - begin);
                warnAt = now + patience;
            }
            line.awaitRoom(Math.min(deadline - now, warnAt - now));
            reception = line.offer(event);
        }
        return reception;
    }

    private void warn(long now, long waited) {
        long until = quietUntil.get();
        if (until - now > 0 || !quietUntil.compareAndSet(until, now + BETWEEN_WARNINGS)) {
            return;
        }
        log.warn(
                "{}: publishing has been waiting for room for {} ms: {} of {} events wait, {} of them for a retry, and {} publishers."
                        + " Shorten the handler, raise its concurrency ({}) or queueSize, or discard what is too much",
                place,
                TimeUnit.NANOSECONDS.toMillis(waited),
                line.waiting() + line.retrying(),
                options.queueSize(),
                line.retrying(),
                waiting.get(),
                options.concurrency());
    }

    /** How many publishers wait. */
    int waiting() {
        return waiting.get();
    }
}
