package io.nsqite.consumer;

/**
 * The serving of a channel: that it is held, and the threads that work for it.
 *
 * @param ackMode how its messages are acknowledged
 */
record Service(Holding holding, Workers workers, AckMode ackMode) {

    /** Lets threads work for a tenure, and drops it if there are none to be had. */
    static Service start(Engine engine, Subscription subscription, Tenure tenure) {
        try {
            Workers workers = Workers.start(engine, tenure, subscription);
            return new Service(tenure, workers, subscription.options().ackMode());
        } catch (Throwable noThread) {
            tenure.drop();
            throw noThread;
        }
    }

    /** One without handlers. */
    static Service withoutWorkers(Holding holding) {
        return new Service(holding, Workers.none(), AckMode.AUTO);
    }

    /** Waits for handlers that run, not for answers; false if some don't end in time. */
    boolean awaitWorkers(long deadlineNanos) {
        return workers.await(deadlineNanos);
    }

    /** Waits for handlers that run, and for answers that are to come; false if some don't come in time. */
    boolean awaitHandlers(long deadlineNanos) {
        boolean ended = awaitWorkers(deadlineNanos);
        if (ackMode == AckMode.AUTO) {
            return ended;
        }
        return holding.awaitAnswers(deadlineNanos) && ended;
    }
}
