package io.nsqite.spring.test;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The transactions of {@code @Transactional} tests. */
final class TestTransactions {

    private TestTransactions() {}

    /** Nothing that it has published can be delivered before it commits, and listeners can't write beside it. */
    static void refuseOpen() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "The test's transaction '%s' is open, so nothing that it has published can be delivered yet: call commit() of the test kit before, or look at published() instead, or remove @Transactional from the test"
                            .formatted(TransactionSynchronizationManager.getCurrentTransactionName()));
        }
    }
}
