package io.nsqite.database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the queue. Whatever waits when its turn comes shares one short transaction. While nobody writes, a
 * caller runs its work, and what else waits, on its own thread, which saves the change of threads.
 *
 * <p>Safe for use by many threads. Never to be called by a thread that holds the database's permit.
 */
public final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final Batches batches;
    private final WaitingLine line = new WaitingLine();
    private final Thread thread;

    Writer(Batches batches, String threadName) {
        this.batches = batches;
        thread = new Thread(this::loop, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs work and waits until it is committed.
     *
     * @throws SQLException if it could not be committed; then nothing of it is stored
     */
    public <T extends @Nullable Object> T call(Work<T> work, Durability durability) throws SQLException {
        Operation<T> operation = new Operation<>(work, durability, System.nanoTime());
        runOnThisThread(line.addAndTryTake(operation));
        return await(operation);
    }

    /** Has work done soon, together with what else waits; without waiting for the disk. */
    public <T extends @Nullable Object> CompletableFuture<T> submit(Work<T> work) {
        return submitLate(work, Duration.ZERO).outcome();
    }

    /** Has work done within a time, together with what else waits; without waiting for the disk. */
    public <T extends @Nullable Object> Late<T> submitLate(Work<T> work, Duration atMost) {
        Operation<T> operation = new Operation<>(work, Durability.RELAXED, System.nanoTime() + atMost.toNanos());
        line.add(operation);
        return new Late<>(this, operation);
    }

    /** Work that waits for company. */
    public static final class Late<T extends @Nullable Object> {

        private final Writer writer;
        private final Operation<T> operation;

        private Late(Writer writer, Operation<T> operation) {
            this.writer = writer;
            this.operation = operation;
        }

        /** Completes when it is committed, or can't be. */
        public CompletableFuture<T> outcome() {
            return operation.outcome();
        }

        /** Ends its wait for company: the writer's thread does it as soon as it can. */
        public void expedite() {
            writer.line.hurry(operation);
        }

        /** Has it done now: by the calling thread if nobody writes, else by the writer's. */
        public void runNow() {
            writer.runOnThisThread(writer.line.hurryAndTryTake(operation));
        }
    }

    private void runOnThisThread(List<Operation<?>> batch) {
        if (!batch.isEmpty()) {
            run(batch);
        }
    }

    private void run(List<Operation<?>> batch) {
        List<Operation<?>> notRun = List.of();
        try {
            notRun = batches.run(batch);
        } catch (Throwable failure) {
            log.error("The queue's writer failed and goes on; please report this as a fault of nsqite", failure);
            batch.forEach(operation -> operation.failed(failure));
        } finally {
            line.done(notRun);
        }
    }

    private void loop() {
        for (List<Operation<?>> batch = line.awaitAndTake(); !batch.isEmpty(); batch = line.awaitAndTake()) {
            run(batch);
        }
    }

    private <T extends @Nullable Object> T await(Operation<T> operation) throws SQLException {
        try {
            return operation.outcome().get();
        } catch (InterruptedException e) {
            return giveUp(operation);
        } catch (ExecutionException e) {
            throw unwrapped(e.getCause());
        }
    }

    /** Takes the operation out of the line; once it has begun, its end decides. */
    private <T extends @Nullable Object> T giveUp(Operation<T> operation) throws SQLException {
        boolean takenOut = line.remove(operation);
        Thread.currentThread().interrupt();
        if (takenOut) {
            throw new SQLException("Interrupted while waiting to write; nothing was stored");
        }
        try {
            return operation.outcome().join();
        } catch (CompletionException e) {
            throw unwrapped(e.getCause());
        }
    }

    private static SQLException unwrapped(@Nullable Throwable failure) {
        if (failure instanceof SQLException sql) {
            return sql;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return new SQLException("The queue's writer failed", failure);
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() throws SQLException {
        line.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        batches.close();
    }
}
