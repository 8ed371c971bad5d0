package io.nsqite.maintenance;

import io.nsqite.wakeup.Timer;
import io.nsqite.wakeup.WriteBell;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often to look for commits: at an interval while there are some; once there were none for a while, hardly ever, as a bell is armed
 * then that rings at the next write.
 *
 * <p>Between arming the bell and relying on it there is one more look, an interval later, for what was being committed meanwhile. A bell that
 * says nothing again and again while others commit, as on some file systems of containers, is not used any more. Used by one thread.
 */
final class Pace {

    private static final Logger log = LoggerFactory.getLogger(Pace.class);

    /** How long nothing may have happened before the bell is armed: seldom enough that arming costs nothing to speak of. */
    static final Duration QUIET = Duration.ofMillis(250);

    /** How often to look nevertheless. */
    static final Duration SAFETY = Duration.ofMillis(250);

    /** A ring may just be on its way when a commit is found; so often in succession it is not. */
    static final int MISSED_RINGS = 3;

    private final Timer timer;
    private final Supplier<Duration> interval;
    private final Runnable ring;
    private WriteBell bell;
    private State state = State.LOOKING;
    private boolean rung;
    private int missed;
    private long lastSign;

    /**
     * @param interval how often to look while something happens
     * @param ring called when the bell rings, on its thread
     */
    Pace(Timer timer, WriteBell bell, Supplier<Duration> interval, Runnable ring) {
        this.timer = timer;
        this.bell = bell;
        this.interval = interval;
        this.ring = ring;
        lastSign = timer.nanoTime();
    }

    private enum State {
        /** The bell is not armed. */
        LOOKING,
        /** It is, but something may have been written just before. */
        ARMING,
        /** Only the bell is relied on. */
        LISTENING
    }

    /** The bell has rung; a look follows. */
    void rung() {
        rung = true;
        missed = 0;
    }

    /** A look found a commit. */
    void found() {
        if (state == State.LISTENING && !rung) {
            missed++;
        }
        sign();
    }

    private void sign() {
        lastSign = timer.nanoTime();
        if (state != State.LOOKING) {
            state = State.LOOKING;
            bell.disarm();
        }
        rung = false;
        if (missed >= MISSED_RINGS) {
            missed = 0;
            giveUp();
        }
    }

    private void giveUp() {
        log.info("Other processes write to the database without a sign of the file system;"
                + " their commits are looked for at the poll intervals, also while nothing happens");
        close();
        bell = WriteBell.none();
    }

    /** How long to wait after a look until the next. */
    Duration untilNextLook() {
        if (rung) {
            sign();
        }
        state = next();
        Duration usual = interval.get();
        return state == State.LISTENING && usual.compareTo(SAFETY) < 0 ? SAFETY : usual;
    }

    private State next() {
        if (state != State.LOOKING) {
            return State.LISTENING;
        }
        boolean quiet = timer.nanoTime() - lastSign >= QUIET.toNanos();
        return quiet && bell.arm(ring) ? State.ARMING : State.LOOKING;
    }

    /** Gives the bell back. By any thread. */
    void close() {
        bell.close();
    }
}
