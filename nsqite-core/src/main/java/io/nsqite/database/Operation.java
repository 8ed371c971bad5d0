package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A piece of work that waits for the writer, or is with it. */
class Operation<T> {

    private static final Logger log = LoggerFactory.getLogger(Operation.class);

    private final Work<T> work;
    private final Durability durability;
    private final Completion<T> completion;
    private long notBefore;
    private @Nullable T result;

    Operation(Work<T> work, Durability durability, Completion<T> completion, long notBefore) {
        this.work = work;
        this.durability = durability;
        this.completion = completion;
        this.notBefore = notBefore;
    }

    Durability durability() {
        return durability;
    }

    /** The time by {@link System#nanoTime()} until which it may wait for company; guarded by the line's lock. */
    long notBefore() {
        return notBefore;
    }

    void hurry(long now) {
        notBefore = Math.min(notBefore, now);
    }

    void run(Connection transaction) throws SQLException {
        result = work.run(transaction);
    }

    /**
     * Runs it, and perhaps some that come behind it.
     *
     * @param operations this one and those behind it
     * @return how many were run
     */
    int runWithFollowing(Connection transaction, List<Operation<?>> operations) throws SQLException {
        run(transaction);
        return 1;
    }

    void result(T newResult) {
        result = newResult;
    }

    void committed() {
        complete(result, null);
    }

    void failed(Throwable failure) {
        complete(null, failure);
    }

    /** Wakes who waits for it. */
    void wake() {
        completion.wake();
    }

    private void complete(@Nullable T outcome, @Nullable Throwable failure) {
        try {
            completion.completed(outcome, failure);
        } catch (Throwable fault) {
            log.error("Taking notice of a write failed; please report this as a fault of nsqite", fault);
        }
    }
}
