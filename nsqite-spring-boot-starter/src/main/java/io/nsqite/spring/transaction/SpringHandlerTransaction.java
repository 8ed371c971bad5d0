package io.nsqite.spring.transaction;

import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.producer.CallerTransaction;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Runs handlers in transactions of a Spring transaction manager. Beginning one does not touch the database, so whoever does
 * something else first, like calling a partner, keeps nobody from writing meanwhile. Safe for use by many threads.
 */
final class SpringHandlerTransaction implements HandlerTransaction {

    private final String name;
    private final PlatformTransactionManager manager;
    private final CallerTransaction queue;

    /**
     * With a manager.
     *
     * @param name what to call the transactions
     * @param queue finds the transaction of a thread on the queue's data source
     */
    SpringHandlerTransaction(String name, PlatformTransactionManager manager, CallerTransaction queue) {
        this.name = name;
        this.manager = manager;
        this.queue = queue;
    }

    @Override
    public void run(Body body) throws Exception {
        TransactionStatus status = begin();
        try {
            body.handle();
            refuseRollbackOnly(status);
            TransactionSynchronizationManager.registerSynchronization(
                    new LastStatement(status, connection(), body::acknowledge));
        } catch (Throwable failure) { // checked ones and errors as well: nothing but a return is a success
            rollBack(status, failure);
            throw failure;
        }
        manager.commit(status);
    }

    /**
     * Begins a transaction and rolls it back, to see whether it is one on the queue's database.
     *
     * @throws org.springframework.transaction.TransactionException if not, or if it can't begin
     */
    void tryOut() {
        TransactionStatus status = begin();
        try {
            connection();
        } finally {
            manager.rollback(status);
        }
    }

    /** A new one in any case: what else runs on the thread is not the handler's. */
    private TransactionStatus begin() {
        DefaultTransactionDefinition definition =
                new DefaultTransactionDefinition(DefaultTransactionDefinition.PROPAGATION_REQUIRES_NEW);
        definition.setName(name);
        return manager.getTransaction(definition);
    }

    private Connection connection() {
        @Nullable Connection connection = queue.current();
        if (connection == null) {
            throw queue.illegalState("A transactional listener needs a transaction on the queue's DataSource");
        }
        return connection;
    }

    /** The manager would roll back without a word, and the message would count as handled. */
    private void refuseRollbackOnly(TransactionStatus status) {
        if (status.isRollbackOnly()) {
            throw new UnexpectedRollbackException(
                    "The handler of %s returned, but its transaction was marked rollback-only, by setRollbackOnly or by a failed @Transactional method inside, so nothing of it is committed and the message counts as failed"
                            .formatted(name));
        }
    }

    private void rollBack(TransactionStatus status, Throwable failure) {
        try {
            manager.rollback(status);
        } catch (RuntimeException | Error e) {
            failure.addSuppressed(e);
        }
    }
}
