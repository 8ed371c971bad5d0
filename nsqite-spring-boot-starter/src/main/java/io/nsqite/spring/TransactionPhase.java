package io.nsqite.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells whether the transaction of a thread has ended while Spring still calls back for it. A repaired connection knows this
 * itself; a lazy proxy that has fetched none yet, and a connection that is not repaired, do not, and would let a message
 * be written into a transaction that never commits.
 *
 * <p>As a bean it is told of every transaction by the auto-configured transaction managers.
 */
public final class TransactionPhase implements TransactionExecutionListener {

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure == null
                && transaction.isNewTransaction()
                && !transaction.isReadOnly()
                && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new Mark());
        }
    }

    /** Suspending a transaction takes its synchronizations off the thread, so this always speaks of the current one. */
    static boolean hasEnded() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            // cleared before afterCompletion
            return true;
        }
        for (TransactionSynchronization synchronization : TransactionSynchronizationManager.getSynchronizations()) {
            if (synchronization instanceof Mark mark) {
                return mark.ended;
            }
        }
        return false;
    }

    /** Hears of the commit before any other synchronization does. */
    private static final class Mark implements TransactionSynchronization, Ordered {

        private boolean ended;

        @Override
        public int getOrder() {
            return HIGHEST_PRECEDENCE;
        }

        @Override
        public void afterCommit() {
            ended = true;
        }
    }
}
