package io.nsqite.bus;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The events of a subscription that wait for their next attempts. They keep their room in the line, so they are bounded as it is. */
final class Postponed {

    private final Line line;
    private final Timer timer;
    private final Set<Attempt> waiting = new HashSet<>();
    private boolean ended;

    Postponed(Line line, Timer timer) {
        this.line = line;
        this.timer = timer;
    }

    /** False if there is no later, as the subscription ends. */
    boolean add(Attempt attempt, Duration delay) {
        synchronized (waiting) {
            if (ended) {
                return false;
            }
            line.putAside();
            if (delay.isZero()) {
                line.comeAgain(attempt);
                return true;
            }
            waiting.add(attempt);
        }
        timer.schedule(delay, () -> come(attempt));
        return true;
    }

    private void come(Attempt attempt) {
        synchronized (waiting) {
            if (waiting.remove(attempt)) {
                line.comeAgain(attempt);
            }
        }
    }

    /** Has all come now, and takes no more. */
    void end() {
        synchronized (waiting) {
            ended = true;
            waiting.forEach(line::comeAgain);
            waiting.clear();
        }
    }
}
