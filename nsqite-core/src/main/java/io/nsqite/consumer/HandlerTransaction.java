package io.nsqite.consumer;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Runs a handler in a transaction of the application, so that what it writes and its acknowledgement commit together: exactly
 * once, as far as the queue's database is concerned.
 *
 * <pre>{@code
 * HandlerTransaction inTransaction = body -> {
 *     try (Connection connection = dataSource.getConnection()) {
 *         connection.setAutoCommit(false);
 *         try {
 *             current.set(connection);
 *             body.handle();
 *             body.acknowledge(connection);
 *             connection.commit();
 *         } catch (Throwable failure) {
 *             connection.rollback();
 *             throw failure;
 *         }
 *     }
 * };
 * }</pre>
 */
@FunctionalInterface
public interface HandlerTransaction {

    /**
     * Begins a transaction on the queue's database, runs the body in it, and commits; rolls back if anything is thrown, and
     * throws it on. Whether a commit that failed has taken effect all the same is found out by the queue.
     */
    void run(Body body) throws Exception;

    /** What runs in the transaction. */
    interface Body {

        /** Runs the handler. */
        void handle() throws Exception;

        /**
         * Acknowledges; to be called after {@link #handle()}, as the last statement of the transaction.
         *
         * @param transaction the transaction's connection
         * @throws io.nsqite.message.DeliveryLostException if another process has taken the channel meanwhile
         */
        void acknowledge(Connection transaction) throws SQLException;
    }
}
