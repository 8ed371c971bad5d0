package io.nsqite.bus;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The events of a subscription that wait for their next attempts. They keep their room in the line, so they are bounded as it is. */
final class Postponed {

    private final Line line;
    private final Timer timer;
    private final Map<Attempt, Timer.Scheduled> waiting = new HashMap<>();
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
            waiting.put(attempt, timer.schedule(delay, () -> come(attempt)));
            return true;
        }
    }

    private void come(Attempt attempt) {
        synchronized (waiting) {
            if (waiting.remove(attempt) != null) {
                line.comeAgain(attempt);
            }
        }
    }

    /** Has all come now, and takes no more. */
    void end() {
        synchronized (waiting) {
            ended = true;
            waiting.values().forEach(Timer.Scheduled::cancel); // or the timer would keep the events until their time
            waiting.keySet().forEach(line::comeAgain);
            waiting.clear();
        }
    }
}
