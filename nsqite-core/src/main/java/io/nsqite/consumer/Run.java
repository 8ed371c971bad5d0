package io.nsqite.consumer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Messages that were handed out to all workers of a channel together. Each worker begins the next without the monitor, and
 * only marks what its handler returned from; whoever holds the monitor takes that in, for many messages at once.
 */
final class Run {

    private final @Nullable Handout[] handouts;
    private final AtomicInteger next = new AtomicInteger();

    /** Those before are not this run's any more. Guarded by the monitor, as is what {@link #harvest} changes. */
    private int first;

    private int end;

    Run(List<Handout> handouts) {
        this.handouts = handouts.toArray(Handout[]::new);
        end = this.handouts.length;
    }

    /** Begins the next; null if all have begun, or the run was closed. Needs no monitor. */
    @Nullable
    Handout begin() {
        int index = next.get() < handouts.length ? next.getAndIncrement() : handouts.length;
        return index < handouts.length ? handouts[index] : null;
    }

    boolean hasNext() {
        return next.get() < handouts.length;
    }

    /** How many have not begun. */
    int notBegun() {
        return Math.max(0, end - next.get());
    }

    /** Lets nobody begin another; what was not begun, in its order. */
    List<Handout> close() {
        int begun = Math.min(next.getAndSet(handouts.length), end);
        List<Handout> notBegun = new ArrayList<>(end - begun);
        for (int index = begun; index < end; index++) {
            notBegun.add(handouts[index]);
        }
        end = begun;
        return notBegun;
    }

    /** Takes out those whose handler has returned. */
    void harvest(Consumer<Handout> returned) {
        int begun = Math.min(next.get(), end);
        for (int index = first; index < begun; index++) {
            Handout handout = handouts[index];
            if (handout == null || handout.isOpen()) {
                continue;
            }
            handouts[index] = null;
            if (handout.takeReturned()) { // else it was answered in another way
                returned.accept(handout);
            }
        }
        while (first < begun && handouts[first] == null) {
            first++;
        }
    }

    /** Whether nothing of it is in hand or still to begin. */
    boolean isOver() {
        return first == end;
    }
}
