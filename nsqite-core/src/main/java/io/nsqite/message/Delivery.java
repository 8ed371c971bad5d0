package io.nsqite.message;

import java.time.Duration;

/**
 * A message handed to a handler of a channel. Unless the listener acknowledges by hand, it is acknowledged when the handler
 * returns and has failed when the handler throws; a handler may answer before that with one of the methods below. In manual
 * mode nothing but an answer ends it, from whatever thread, until its lease passes: then it comes back as after a failure.
 *
 * <pre>{@code
 * void handle(Delivery delivery) {
 *     if (partner.isBusy()) {
 *         delivery.requeue(Duration.ofMinutes(1));
 *         return;
 *     }
 *     ...
 * }
 * }</pre>
 *
 * <p>The methods may be called from any thread. Those that answer return once the answer is committed, so they must not be
 * called inside a transaction that has written to the queue's database. They throw
 *
 * <ul>
 *   <li>{@link IllegalStateException} if the delivery was answered before, or the calling thread's own transaction is writing
 *       (the delivery is then still unanswered);
 *   <li>{@link AnswerNotWrittenException} if the answer can't be written within the busy timeout, or the thread is interrupted
 *       meanwhile: the answer stands then, and is written as soon as the database allows it;
 *   <li>{@link DeliveryLostException} if it is not this process's any more: its lease passed, or another process has taken
 *       the channel. The message is handled again, so effects of this handling may happen twice.
 * </ul>
 *
 * <p>In a transactional listener {@link #requeue()} and {@link #reject} take effect when the handler returns, and roll its
 * transaction back; {@link #finish()} is refused, as the acknowledgement commits with the transaction. After the handler's return every
 * answer is refused, also while the transaction commits.
 */
public interface Delivery {

    /** The message. */
    Message message();

    /** The channel that the handler serves. */
    String channel();

    /**
     * Which execution this is, from 1. After the death of a process a message that may have been running counts as not
     * attempted, unless an earlier attempt was recorded.
     */
    int attempt();

    /** Whether a failure now would be the last, after which the message becomes a dead letter. */
    boolean lastAttempt();

    /** Acknowledges: the message is done for this channel. */
    void finish();

    /** Has the message handed out again as soon as possible; see {@link #requeue(Duration)}. */
    void requeue();

    /**
     * Has the message handed out again after a time. This execution counts: if it was the last attempt, the message becomes a dead
     * letter.
     *
     * @param delay at least so long; zero or more, to the millisecond
     * @throws IllegalArgumentException if the delay is negative or too long to be counted in milliseconds
     */
    void requeue(Duration delay);

    /** In manual mode starts the lease anew; otherwise there is none, and nothing happens. Writes nothing. */
    void touch();

    /**
     * Gives up: the message becomes a dead letter now, whatever attempts are left.
     *
     * @param reason is kept with the dead letter
     */
    void reject(Throwable reason);
}
