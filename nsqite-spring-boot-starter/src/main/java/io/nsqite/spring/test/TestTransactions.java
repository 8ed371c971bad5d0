package io.nsqite.spring.test;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The transactions of {@code @Transactional} tests. */
final class TestTransactions {

    private TestTransactions() {}

    /** Nothing that it has published can be delivered before it commits, and listeners can't write beside it. */
    static void refuseOpen() {
        refuse(
                "so nothing that it has published can be delivered yet: call commit() of the test kit before, or look at published() instead, or remove @Transactional from the test");
    }

    /** Its rollback would bring back what was deleted. */
    static void refuseOpenToEmpty() {
        refuse("so the queue can't be emptied: call reset() before it begins, or after commit() of the test kit");
    }

    private static void refuse(String consequence) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The test's transaction '%s' is open, %s"
                    .formatted(TransactionSynchronizationManager.getCurrentTransactionName(), consequence));
        }
    }
}
