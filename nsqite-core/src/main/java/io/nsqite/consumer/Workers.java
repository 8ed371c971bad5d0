package io.nsqite.consumer;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that handle a channel's messages during a tenure. */
final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private final List<Thread> threads = new ArrayList<>();

    private Workers() {}

    static Workers none() {
        return new Workers();
    }

    static Workers start(Engine engine, Tenure tenure, Subscription subscription) {
        Workers workers = new Workers();
        Handling handling = Handling.of(engine, subscription, tenure);
        for (int number = 1; number <= subscription.options().concurrency(); number++) {
            Thread thread = engine.threads().newThread(() -> work(tenure, handling));
            thread.setName("nsqite-%s.%s-%d".formatted(subscription.topic(), subscription.channel(), number));
            workers.threads.add(thread);
        }
        workers.threads.forEach(Thread::start);
        return workers;
    }

    private static void work(Tenure tenure, Handling handling) {
        boolean serving = true;
        while (serving) {
            try {
                serving = handleNext(tenure, handling);
            } catch (Throwable fault) {
                log.error(
                        "{}: a worker failed and goes on; please report this as a fault of nsqite",
                        tenure.claim(),
                        fault);
            }
        }
    }

    /** False when the tenure ends. */
    private static boolean handleNext(Tenure tenure, Handling handling) {
        List<Handout> handouts = tenure.next();
        if (handouts.isEmpty()) {
            return false;
        }
        handling.handle(handouts);
        if (Thread.interrupted()) {
            log.debug("The handler of {} left its thread interrupted", handouts.get(0));
        }
        return true;
    }

    /** Waits until all have ended. Interrupts those that have not by then, and leaves them alone. */
    boolean await(long deadlineNanos) {
        boolean ended = true;
        for (Thread thread : threads) {
            if (thread != Thread.currentThread() && !join(thread, deadlineNanos)) {
                ended = false;
                log.warn(
                        "The handler on thread {} did not finish in time; it is interrupted and left alone, and its message is"
                                + " handled again",
                        thread.getName());
                thread.interrupt();
            }
        }
        return ended;
    }

    private static boolean join(Thread thread, long deadlineNanos) {
        boolean interrupted = false;
        try {
            for (long left = deadlineNanos - System.nanoTime(); left > 0; left = deadlineNanos - System.nanoTime()) {
                try {
                    thread.join(left / 1_000_000, (int) (left % 1_000_000));
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return !thread.isAlive();
    }
}
