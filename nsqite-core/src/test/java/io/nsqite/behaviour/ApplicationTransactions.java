package io.nsqite.behaviour;

import io.nsqite.consumer.HandlerTransaction;
import java.sql.Connection;
import java.sql.SQLException;

/** Runs handlers in transactions of the application, as an application would without a framework. */
final class ApplicationTransactions implements HandlerTransaction {

    private final QueueUnderTest queue;
    private final ThreadLocal<Connection> current = new ThreadLocal<>();

    ApplicationTransactions(QueueUnderTest queue) throws SQLException {
        this.queue = queue;
        try (Effects effects = Effects.in(queue)) {
            effects.commit();
        }
    }

    @Override
    public void run(Body body) throws Exception {
        try (Connection transaction = queue.transaction()) {
            current.set(transaction);
            try {
                body.handle();
                body.acknowledge(transaction);
                transaction.commit();
            } catch (Throwable failure) {
                transaction.rollback();
                throw failure;
            } finally {
                current.remove();
            }
        }
    }

    /** The transaction of the handler that runs on this thread. */
    Connection current() {
        return current.get();
    }

    /** The handler that runs on this thread takes effect for a message. */
    void addEffect(long message) throws SQLException {
        Effects.add(current(), message);
    }
}
