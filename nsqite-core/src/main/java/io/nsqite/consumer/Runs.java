package io.nsqite.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a channel: at most one from which messages are begun, and those of which some are still in hand. Guarded by the
 * monitor, except where it says otherwise.
 */
final class Runs {

    private final List<Run> runs = new ArrayList<>();
    private volatile @Nullable Run current;

    /**
     * Whether somebody was asked to take in what is returned from now on. Read after a return is marked and reset before those are
     * looked for, so that a return is either seen or asks again.
     */
    private volatile boolean asked;

    private volatile boolean ended;

    /** Begins the next message; null if there is none. Needs no monitor. */
    @Nullable
    Handout begin() {
        Run run = current;
        return run == null ? null : run.begin();
    }

    /** Whether nobody has been asked to take in what has returned; whoever gets true is to do so. Needs no monitor. */
    boolean askOnce() {
        if (asked && !ended) {
            return false;
        }
        asked = true;
        return true;
    }

    /** Nothing is taken in any more; every return asks, to be told so. */
    void end() {
        close();
        ended = true;
    }

    boolean hasNext() {
        Run run = current;
        return run != null && run.hasNext();
    }

    /** How many of the run that is offered nobody has begun. */
    int notBegun() {
        Run run = current;
        return run == null ? 0 : run.notBegun();
    }

    /** Offers a run; the one before has no next. */
    void open(Run run) {
        runs.add(run);
        current = run;
    }

    /** Nothing of the run that is offered is begun any more; what was not begun, in its order. */
    List<Handout> close() {
        Run run = current;
        current = null;
        return run == null ? List.of() : run.close();
    }

    /** Takes out what has returned. */
    void harvest(Consumer<Handout> returned) {
        if (runs.isEmpty()) {
            return;
        }
        runs.forEach(run -> run.harvest(returned));
        runs.removeIf(Run::isOver);
    }

    /** As {@link #harvest}; whatever returns from now on asks again. */
    void harvestAnew(Consumer<Handout> returned) {
        asked = false;
        harvest(returned);
    }
}
