package io.nsqite.consumer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes portions of what there is, within what may be in hand. Guarded by the monitor. */
final class HandingOut {

    private final Backlog backlog;
    private final InHandLimit limit;
    private final Portions portions;
    private final Settling settling;
    private final Supply supply;
    private final Answers answers;
    private boolean isFull;

    HandingOut(Settling settling, Supply supply, Answers answers) {
        this.settling = settling;
        this.supply = supply;
        this.answers = answers;
        backlog = settling.memory().backlog();
        limit = settling.memory().limit();
        portions = settling.memory().portions();
    }

    /** Whether something may go out now. May release the monitor. */
    boolean isPossible() {
        isFull = limit.isReached(backlog.unsettled()) && !isRaised(answers.room());
        return !isFull && answers.room() > 0;
    }

    /** Whether it was not possible the last time because too much is unsettled. */
    boolean isFull() {
        return isFull;
    }

    /** Nothing goes out. What was begun for those who don't want it any more goes back, as it would seem to be in somebody's hands. */
    void nothing() {
        if (portions.areForNobody()) {
            supply.returnUnused();
        }
        if (!isFull || !limit.isAboutToGrow()) { // else what is there goes out in a moment
            portions.nothing();
        }
    }

    /** The message with those that go out together with it, if any. May release the monitor. */
    List<Handout> portion(Handout first) {
        List<Handout> portion = portions.isAlone(first) ? List.of(first) : fill(first);
        answers.handedOut(portion);
        return portion;
    }

    private List<Handout> fill(Handout first) {
        int size = Math.min(portions.together(), answers.room());
        List<Handout> portion = new ArrayList<>();
        long bytes = 0;
        Handout next = first;
        while (next != null) {
            portion.add(next);
            bytes += next.message().payload().length;
            int missing = bytes < LogReading.MAX_BYTES ? size - portion.size() : 0;
            next = missing > 0 && (!limit.isReached(backlog.unsettled()) || mayBeRaised(missing)) ? next() : null;
        }
        return List.copyOf(portion);
    }

    /** Handlers get what is in memory, so that none waits for another; who wants so many expressly gets what there is. */
    private @Nullable Handout next() {
        Handout next = portions.next(supply);
        while (next == null && portions.areWanted() && supply.fetch()) {
            next = portions.next(supply);
        }
        return next;
    }

    private boolean mayBeRaised(int missing) {
        return backlog.hasWaiting() && isRaised(missing);
    }

    /**
     * What is wanted expressly need not wait until the limit has grown by and by; nor until others are answered, as retries that
     * are begun for those who want them may have reached it.
     */
    private boolean isRaised(int missing) {
        boolean isWorthIt = portions.areWanted() && missing > 0 && limit.expect(backlog.unsettled() + missing);
        if (isWorthIt) {
            settling.now();
        }
        return isWorthIt && !limit.isReached(backlog.unsettled());
    }
}
