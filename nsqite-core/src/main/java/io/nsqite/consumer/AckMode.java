package io.nsqite.consumer;

/** When a message counts as handled. */
public enum AckMode {
    /** When its handler returns; it has failed when the handler throws. */
    AUTO,
    /**
     * When it is answered through its {@link io.nsqite.message.Delivery}, from whatever thread. Until then it is being handled: never more
     * than {@link ConsumerOptions#concurrency()} times {@link ConsumerOptions#batchSize()} deliveries are open at a time, and each answer
     * brings the next. So the concurrency is how many messages the application works on side by side, on whatever threads.
     */
    MANUAL
}
