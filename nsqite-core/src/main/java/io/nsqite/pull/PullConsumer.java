package io.nsqite.pull;

import io.nsqite.consumer.Consumer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Receives the messages of a channel when somebody asks for them, as from a plain queue. Who has received a message has a
 * {@link Receipt} for it, and answers with that within the visibility timeout; else the message comes again.
 *
 * <pre>{@code
 * try (PullConsumer mails = nsqite.pull("orders", "mail")) {
 *     for (PulledMessage mail : mails.receive(10, Duration.ofSeconds(20), Duration.ofMinutes(1))) {
 *         send(mail.message().payload());
 *         mails.finish(mail.receipt());
 *     }
 * }
 * }</pre>
 *
 * <p>The channel is served as by a listener: one process at a time, with attempts, retries, dead letters, delays, priorities and, with
 * {@link io.nsqite.consumer.KeyOrder}, order per key. Nothing is taken out of it that nobody asks for. Waiting costs no polling and no
 * thread of the queue's; a commit ends it. Those who wait are served in the order in which they asked.
 *
 * <p>A message whose timeout passes without an answer counts as failed: it comes again at once, with the next attempt, and is a dead letter
 * after the last. At most some 2,000 messages are received and unanswered at a time; then others wait. After the crash of a process the
 * messages that it may have handed out come one at a time first.
 *
 * <p>Interceptors are around the handing over only, as what happens to a message then is nobody's call: one that fails there counts as
 * the message's failure.
 *
 * <p>Answers are committed when they return. {@link io.nsqite.message.Delivery} says which exceptions they throw: here too a
 * {@link io.nsqite.message.DeliveryLostException} for a receipt that has expired, that another process gave, or that nobody did, and an
 * {@link IllegalStateException} for one that was answered. Either changes nothing.
 *
 * <p>Safe for use by many threads. Durations count by the millisecond; visibility timeouts are 1 ms to 12 hours.
 */
public interface PullConsumer extends AutoCloseable {

    /** The topic. */
    String topic();

    /** The channel. */
    String channel();

    /** The consumer behind it: whether this process serves the channel, what is in hand, pause and resume. */
    Consumer consumer();

    /**
     * Receives messages, and waits for the first if there is none. Takes what is there then, and does not wait for more. Large ones may come in
     * smaller numbers: beyond payloads of 4 MB in all there is none.
     *
     * @param max how many at the most; 1 to 1,000
     * @param wait how long to wait for the first; zero or more
     * @param visibilityTimeout how long each may stay without an answer
     * @return at least one, or none if the time is over or this consumer is closed meanwhile
     * @throws IllegalArgumentException if a number is out of its range
     * @throws IllegalStateException if this consumer is closed or stopped
     * @throws ChannelBusyException if another process serves the channel
     * @throws InterruptedException if the thread is interrupted, which withdraws the request; nothing was received then
     */
    List<PulledMessage> receive(int max, Duration wait, Duration visibilityTimeout) throws InterruptedException;

    /**
     * As {@link #receive}, without a thread that waits. What goes wrong completes the future, but for arguments out of their range. Who ends
     * the future in another way, as by {@link CompletableFuture#cancel}, withdraws the request, and nothing that was about to be handed
     * to it is lost or held: it goes to the next, as if it had not been taken.
     *
     * <p>What depends on the future runs on a thread that hands out messages, or on the one that ends all receives of the queue whose time is over:
     * it should be quick, or use an executor of its own.
     */
    CompletableFuture<List<PulledMessage>> receiveAsync(int max, Duration wait, Duration visibilityTimeout);

    /**
     * Has the visibility timeout begin anew, from now. Writes nothing.
     *
     * @param visibilityTimeout how long the message may stay without an answer from now on
     */
    void extend(Receipt receipt, Duration visibilityTimeout);

    /** Acknowledges: the message is done for this channel. */
    void finish(Receipt receipt);

    /**
     * Acknowledges several messages with one commit.
     *
     * @throws IllegalStateException or a {@link io.nsqite.message.DeliveryLostException} if one of the receipts is refused; the
     *     others are acknowledged all the same
     */
    void finish(Collection<Receipt> receipts);

    /** Has the message come again as soon as possible; see {@link #requeue(Receipt, Duration)}. */
    void requeue(Receipt receipt);

    /**
     * Has the message come again after a time. This attempt counts: if it was the last, the message becomes a dead letter.
     *
     * @param delay at least so long; zero or more
     */
    void requeue(Receipt receipt, Duration delay);

    /**
     * Returns messages that nobody has begun to handle: they come again at once, in their order, and as if they had not been received, so
     * this attempt does not count. Those that are answered or whose timeout is over, or whose receipt is unknown, are passed over.
     */
    void giveBack(Collection<Receipt> receipts);

    /**
     * Gives up: the message becomes a dead letter now, whatever attempts are left.
     *
     * @param reason is kept with the dead letter
     */
    void reject(Receipt receipt, Throwable reason);

    /**
     * Ends it and gives the channel back; receives that wait end with no messages. Does not wait for answers: what is not answered
     * is handled again by whoever serves the channel next. (Closing the queue does wait for answers, within its limit, and so does
     * {@code consumer().stop(timeout)}.)
     */
    @Override
    void close();
}
