package io.nsqite.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads that handle a channel's messages during a tenure. */
final class Workers {

    private static final Logger log = LoggerFactory.getLogger(Workers.class);

    private final Tenure tenure;
    private final MessageHandler handler;
    private final List<Thread> threads = new ArrayList<>();

    private Workers(Tenure tenure, MessageHandler handler) {
        this.tenure = tenure;
        this.handler = handler;
    }

    static Workers start(Tenure tenure, Subscription subscription, ThreadFactory factory) {
        Workers workers = new Workers(tenure, subscription.handler());
        for (int number = 1; number <= subscription.options().concurrency(); number++) {
            Thread thread = factory.newThread(workers::work);
            thread.setName("nsqite-%s.%s-%d".formatted(subscription.topic(), subscription.channel(), number));
            workers.threads.add(thread);
        }
        workers.threads.forEach(Thread::start);
        return workers;
    }

    private void work() {
        boolean serving = true;
        while (serving) {
            try {
                serving = handleNext();
            } catch (Throwable fault) {
                log.error(
                        "{}: a worker failed and goes on; please report this as a fault of nsqite",
                        tenure.claim(),
                        fault);
            }
        }
    }

    /** False when the tenure ends. */
    private boolean handleNext() {
        Handout handout = tenure.next();
        if (handout == null) {
            return false;
        }
        handle(handout);
        return true;
    }

    private void handle(Handout handout) {
        Throwable failure = null;
        try {
            handler.handle(handout);
        } catch (Throwable thrown) { // an Error of one message must not end the consumer
            failure = thrown;
        }
        if (Thread.interrupted()) {
            log.debug("The handler of {} left its thread interrupted", handout);
        }
        if (failure == null) {
            tenure.succeeded(handout);
        } else {
            tenure.failed(handout, failure);
        }
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
