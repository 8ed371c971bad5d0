package io.nsqite.bus;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for the handlers of a subscription: new ones in the order of their arrival, and beside them those that are due again.
 * Bounded: new ones are let in while they and those put aside are fewer than the limit; what is put aside has been in already.
 */
final class Line {

    private static final long FOR_EVER = Long.MAX_VALUE;

    private final int limit;
    private final Ring fresh;
    private final Queue<Attempt> due = new ConcurrentLinkedQueue<>();
    private final AtomicInteger aside = new AtomicInteger();
    private final Bell arrivals = new Bell(this::hasWork);
    private final Bell departures = new Bell(this::mayOffer);
    private volatile boolean ended;
    private volatile boolean abandoned;

    Line(int limit) {
        this.limit = limit;
        this.fresh = new Ring(limit);
    }

    /** Lets an event in if there is room; never waits. */
    Reception offer(Object event) {
        if (isNarrowed() && !ended) {
            return Reception.FULL;
        }
        Reception reception = fresh.offer(event);
        if (reception == Reception.ACCEPTED) {
            arrivals.ring();
        }
        return reception;
    }

    /** Whether what is put aside leaves no room. */
    private boolean isNarrowed() {
        int put = aside.get();
        return put > 0 && fresh.size() + put >= limit;
    }

    private boolean mayOffer() {
        return ended || (fresh.hasRoom() && !isNarrowed());
    }

    /** Waits until there may be room, or the line has ended; at the most so long. */
    void awaitRoom(long nanos) throws InterruptedException {
        departures.await(nanos);
    }

    /** After having waited for room and got in: if there is more, the next may come. */
    void passRoomOn() {
        if (mayOffer()) {
            departures.ring();
        }
    }

    /** An event is going to come again; it keeps its room. */
    void putAside() {
        aside.incrementAndGet();
    }

    /** It is due now. */
    void comeAgain(Attempt attempt) {
        due.add(attempt);
        arrivals.ring();
    }

    /**
     * Takes the next event, and waits for it.
     *
     * @param dueFirst whether what is due again goes before what is new; to be asked for in turn, so that neither starves the other
     * @return an {@link Attempt}, or an event that was never tried; null if there will be none, ever
     */
    @Nullable
    Object take(boolean dueFirst) {
        Object next = poll(dueFirst);
        return next == null ? await(dueFirst) : next;
    }

    private @Nullable Object poll(boolean dueFirst) {
        if (abandoned) {
            return null;
        }
        Object first = dueFirst ? pollDue() : pollFresh();
        if (first != null) {
            return first;
        }
        return dueFirst ? pollFresh() : pollDue();
    }

    private @Nullable Object pollFresh() {
        Object event = fresh.poll();
        if (event != null) {
            departures.ring();
        }
        return event;
    }

    private @Nullable Object pollDue() {
        Attempt attempt = due.poll();
        if (attempt != null) {
            leave();
        }
        return attempt;
    }

    private void leave() {
        if (aside.decrementAndGet() == 0 && ended) {
            arrivals.ringForAll(); // nothing is going to come for those who wait for it
        }
        departures.ring();
    }

    private @Nullable Object await(boolean dueFirst) {
        Object next = null;
        while (next == null && !isOver()) {
            awaitArrival();
            next = poll(dueFirst);
        }
        if (hasWork()) {
            arrivals.ring();
        }
        return next;
    }

    /** An interrupt does not end the wait, as only the end of the line ends those who work it off. */
    @SuppressWarnings("EmptyCatch")
    private void awaitArrival() {
        try {
            arrivals.await(FOR_EVER);
        } catch (InterruptedException ignored) {
            // of the handler before, or at the end of the time to stop: the line says which
        }
    }

    private boolean isOver() {
        return abandoned || (ended && fresh.size() == 0 && aside.get() == 0);
    }

    private boolean hasWork() {
        return fresh.hasNext() || !due.isEmpty() || isOver();
    }

    /** Lets nobody in any more. What is inside is to be taken. */
    void end() {
        fresh.end();
        ended = true;
        wakeAll();
    }

    /** What is inside is not to be taken any more. */
    void abandon() {
        abandoned = true;
        wakeAll();
    }

    private void wakeAll() {
        arrivals.ringForAll();
        departures.ringForAll();
    }

    boolean isEnded() {
        return ended;
    }

    /** How many wait that were never tried. */
    int waiting() {
        return fresh.size();
    }

    /** How many are put aside, or are due again. */
    int retrying() {
        return aside.get();
    }
}
