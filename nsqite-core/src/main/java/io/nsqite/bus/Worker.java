package io.nsqite.bus;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles events on a thread of its own until the line is over. */
final class Worker implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(Worker.class);

    private final Place place;
    private final Line line;
    private final Handling<?> handling;
    private final AtomicBoolean busy = new AtomicBoolean();

    Worker(Place place, Line line, Handling<?> handling) {
        this.place = place;
        this.line = line;
        this.handling = handling;
    }

    @Override
    public void run() {
        boolean dueFirst = true;
        while (handleNext(dueFirst)) {
            dueFirst = !dueFirst;
        }
    }

    /** False when there will be none, ever. */
    private boolean handleNext(boolean dueFirst) {
        handling.awaitHand();
        Object taken = line.take(dueFirst);
        if (taken == null) {
            handling.giveBackHand();
            return false;
        }
        busy.setRelease(true);
        try {
            handling.handle(taken);
        } catch (Throwable fault) {
            log.error("{}: a worker failed and goes on; please report this as a fault of nsqite", place, fault);
        }
        busy.setRelease(false);
        if (Thread.interrupted()) {
            log.debug("{}: a handler left its thread interrupted", place);
        }
        return true;
    }

    boolean isBusy() {
        return busy.getAcquire();
    }
}
