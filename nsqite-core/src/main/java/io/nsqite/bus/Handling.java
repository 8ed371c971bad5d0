package io.nsqite.bus;

/** Gives events to a handler, and sees to what becomes of them. */
abstract class Handling<T> {

    private final Settling settling;

    Handling(Settling settling) {
        this.settling = settling;
    }

    final Settling settling() {
        return settling;
    }

    /** Handles what was taken from the line. */
    @SuppressWarnings("unchecked") // events of other types were refused at publishing
    final void handle(Object taken) {
        if (taken instanceof Attempt attempt) {
            handle((T) attempt.event(), attempt.number());
        } else {
            handle((T) taken, 1);
        }
    }

    /** Handles an event; throws nothing of the application's. */
    abstract void handle(T event, int attempt);

    /** Waits until one more may be in hand, before one is taken from the line. */
    void awaitHand() {}

    /** There was none to be taken. */
    void giveBackHand() {}

    /** Waits until none is in hand whose handler has returned, at the most until then; false if some still are. */
    boolean awaitAnswers(long deadline) throws InterruptedException {
        return true;
    }

    /** Nobody is to wait any more. */
    void abandon() {}

    /**
     * How many are in hand.
     *
     * @param busy how many handlers run
     */
    int inHand(int busy) {
        return busy;
    }
}
