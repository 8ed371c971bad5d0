package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A piece of work that waits for the writer, or is with it. */
final class Operation<T extends @Nullable Object> {

    private final Work<T> work;
    private final Durability durability;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private long notBefore;
    private @Nullable T result;

    Operation(Work<T> work, Durability durability, long notBefore) {
        this.work = work;
        this.durability = durability;
        this.notBefore = notBefore;
    }

    Durability durability() {
        return durability;
    }

    CompletableFuture<T> outcome() {
        return outcome;
    }

    /** The time by {@link System#nanoTime()} until which it may wait for company; guarded by the writer's lock. */
    long notBefore() {
        return notBefore;
    }

    void hurry(long now) {
        notBefore = Math.min(notBefore, now);
    }

    void run(Connection transaction) throws SQLException {
        result = work.run(transaction);
    }

    @SuppressWarnings("NullAway") // what the work returned is what its caller declared
    void committed() {
        outcome.complete(result);
    }

    void failed(Throwable failure) {
        outcome.completeExceptionally(failure);
    }
}
