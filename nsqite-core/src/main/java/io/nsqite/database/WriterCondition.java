package io.nsqite.database;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the database takes what is written to it, as the last transaction found. One that fails for a reason of its own, such as a
 * constraint, says nothing; a failure of the writer itself does. Asked by any thread.
 */
final class WriterCondition {

    private volatile @Nullable Refusal refusal;
    private volatile Runnable onRefusal = () -> {};

    /** A transaction was committed. */
    void worked() {
        if (refusal != null) {
            refusal = null;
        }
    }

    /** A transaction could not be committed. */
    void failed(Throwable failure) {
        if (failure instanceof SQLException error && DatabaseFault.isOne(error)) {
            refused(String.valueOf(error.getMessage()));
        }
    }

    /** The writer itself failed: until a transaction is committed nobody knows whether any can be. */
    void broke(Throwable failure) {
        refused("the queue's writer failed: " + failure);
    }

    private void refused(String error) {
        Refusal before = refusal;
        long since = before == null ? System.nanoTime() : before.sinceNanos();
        refusal = new Refusal(error, since);
        if (before == null) {
            onRefusal.run();
        }
    }

    /** What to do when a transaction is refused after one that worked; it must not block. */
    void whenRefused(Runnable action) {
        onRefusal = action;
    }

    /** What the database said at last; empty if it took the last transaction. */
    Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }
}
