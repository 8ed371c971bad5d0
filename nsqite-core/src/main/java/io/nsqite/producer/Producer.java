package io.nsqite.producer;

import io.nsqite.message.NewMessage;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;

/**
 * Publishes messages. Safe for use by many threads.
 *
 * <p>{@code publishTx} writes into the caller's transaction: the message commits or rolls back with the caller's data. It
 * fails, and stores nothing, where there is no read-write transaction to join. {@code publish} joins one if there is
 * one; otherwise it commits on its own, together with what else waits, and returns when that is on disk as safely as the
 * database's {@code synchronous} level says.
 *
 * <pre>{@code
 * @Transactional
 * public void place(Order order) {
 *     orders.save(order);
 *     producer.publishTx("orders", new OrderPlaced(order.id()));
 * }
 * }</pre>
 *
 * <p>All methods return the id of the message; of one with a deduplication key that is kept already, the id of the message
 * that has the key, and nothing is stored. An id is final only once the transaction has committed: a rolled-back one is given to
 * another message.
 *
 * <p>Errors: {@link IllegalArgumentException} for a malformed topic, a payload that is null, can't be encoded or is larger
 * than the limit; {@link IllegalStateException} (with Spring its {@code IllegalTransactionStateException}) for a
 * transaction that is missing or can't be joined; {@link PublishException} when the database refuses the message, or what
 * {@link io.nsqite.error.ErrorTranslation} makes of it, in which case the caller's transaction should roll back.
 */
public interface Producer {

    /** Publishes in the caller's transaction. */
    long publishTx(String topic, Object payload);

    /** Publishes in the caller's transaction. */
    long publishTx(NewMessage message);

    /** Publishes all of them in the caller's transaction; ids in the order of the messages. */
    List<Long> publishTx(Collection<NewMessage> messages);

    /**
     * Publishes in an open transaction of the caller's own, for plain JDBC or jOOQ.
     *
     * @param transaction a connection to the queue's database with auto-commit off
     */
    long publishTx(Connection transaction, NewMessage message);

    /** Publishes in the caller's transaction if there is one, else in one of its own. */
    long publish(String topic, Object payload);

    /** Publishes in the caller's transaction if there is one, else in one of its own. */
    long publish(NewMessage message);

    /** Publishes all of them in the caller's transaction if there is one, else together in one of their own. */
    List<Long> publish(Collection<NewMessage> messages);

    /**
     * Takes a message back, in the caller's transaction if there is one, else in one of its own. Meant for what waits: a delayed
     * reminder, a message behind others. Its deduplication key is free again.
     *
     * <pre>{@code
     * long reminder = producer.publishTx(NewMessage.to("reminders", event).withDelay(Duration.ofDays(3)));
     * ...
     * producer.cancel(reminder); // paid in time
     * }</pre>
     *
     * <p>What has a delay or a time of delivery, or was put aside for another reason, is cancelled for sure until the first attempt
     * begins, whichever process serves a channel and however close its time is. A message to be delivered at once may be in the memory
     * of the process that serves a channel; this process knows what it has there, but not what others have.
     *
     * <p>A channel that was rewound gets its messages as if it never had, which counts here too; so does what a channel received that is
     * deleted by now. A replayed dead letter, and what a batch listener gave back, was received.
     *
     * @return true only if no handler of any channel has received it and, once the transaction has committed, none will. False
     *     also where that can't be known for sure: a message to be delivered at once while another process serves a channel, or while
     *     one that ended without order is being taken over; and if there is no such message
     */
    boolean cancel(long messageId);
}
