package io.nsqite.database;

import io.nsqite.sqlite.SecondWriterException;
import io.nsqite.sqlite.WaitCancelledException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of the queue. Whatever waits when its turn comes shares one short transaction. While nobody writes, a
 * caller runs its work, and what else waits, on its own thread, which saves the change of threads.
 *
 * <p>Safe for use by many threads. A thread whose own transaction is writing to the database is refused at once, as
 * waiting for itself would be in vain.
 */
public final class Writer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private final Batches batches;
    private final WaitingLine line = new WaitingLine();
    private final BooleanSupplier isPermitHeld;
    private final TransactionWatch watch;
    private final Thread thread;

    /**
     * Starts its thread.
     *
     * @param isPermitHeld whether a transaction of the calling thread is writing to the database
     * @param watch told of each transaction
     */
    Writer(Batches batches, String threadName, BooleanSupplier isPermitHeld, TransactionWatch watch) {
        this.batches = batches;
        this.isPermitHeld = isPermitHeld;
        this.watch = watch;
        thread = new Thread(this::loop, threadName);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs work and waits until it is committed.
     *
     * @throws SQLException if it could not be committed, or the writer is closed; then nothing of it is stored
     */
    public <T> T call(Work<T> work, Durability durability) throws SQLException {
        Caller<T> caller = new Caller<>();
        return call(new Operation<>(work, durability, caller, System.nanoTime()), caller);
    }

    /**
     * Does a part of work together with the parts of other callers, and waits until it is committed.
     *
     * @param work always the same object for the same work
     * @throws SQLException as {@link #call(Work, Durability)}
     */
    public <W, T> T call(GroupWork<W, T> work, W part, Durability durability) throws SQLException {
        Caller<T> caller = new Caller<>();
        return call(new GroupOperation<>(work, part, durability, caller, System.nanoTime()), caller);
    }

    private <T> T call(Operation<T> operation, Caller<T> caller) throws SQLException {
        if (isPermitHeld.getAsBoolean()) {
            throw new SecondWriterException(
                    "This thread's own transaction is writing to the queue's database, and SQLite lets one transaction write at a"
                            + " time; end that transaction first");
        }
        Optional<List<Operation<?>>> taken = line.addAndTryTake(operation);
        runOnThisThread(taken.orElseThrow(Writer::closed));
        await(operation, caller);
        return caller.outcome();
    }

    private static SQLException closed() {
        return new SQLException(
                "The queue is closed; nothing can be written any more. Write before it closes, or open another");
    }

    /** Has work done soon, together with what else waits; without waiting for the disk. Fails if the writer is closed. */
    public <T> void submit(Work<T> work, Completion<T> completion) {
        submitLate(work, completion, Duration.ZERO);
    }

    /** Has work done within a time, together with what else waits; without waiting for the disk. */
    public <T> Late submitLate(Work<T> work, Completion<T> completion, Duration atMost) {
        Operation<T> operation =
                new Operation<>(work, Durability.RELAXED, completion, System.nanoTime() + atMost.toNanos());
        if (!line.add(operation)) {
            operation.failed(closed());
        }
        return new Late(this, operation);
    }

    /** Work that waits for company. */
    public static final class Late {

        private final Writer writer;
        private final Operation<?> operation;

        private Late(Writer writer, Operation<?> operation) {
            this.writer = writer;
            this.operation = operation;
        }

        /** Ends its wait for company: the writer's thread does it as soon as it can. */
        public void expedite() {
            writer.line.hurry(operation);
        }

        /** Has it done now: by the calling thread if nobody writes, else by the writer's. */
        public void runNow() {
            if (writer.isPermitHeld.getAsBoolean()) {
                expedite(); // a transaction that the handler left open; nothing could be written here
            } else {
                writer.runOnThisThread(writer.line.hurryAndTryTake(operation));
            }
        }
    }

    private void runOnThisThread(List<Operation<?>> batch) {
        if (!batch.isEmpty()) {
            run(batch);
        }
    }

    private void run(List<Operation<?>> batch) {
        List<Operation<?>> notRun = List.of();
        watch.begins();
        try {
            notRun = batches.run(batch);
        } catch (Throwable failure) {
            log.error("The queue's writer failed and goes on; please report this as a fault of nsqite", failure);
            batches.condition().broke(failure);
            batch.forEach(operation -> operation.failed(failure));
        } finally {
            watch.ended();
        }
        List<Operation<?>> ended = batch.subList(0, batch.size() - notRun.size());
        boolean isNextWorthIt = line.isLong();
        try {
            if (!isNextWorthIt) {
                ended.forEach(Operation::wake); // so that they share the next transaction
            }
        } finally {
            line.done(notRun);
        }
        if (isNextWorthIt) {
            ended.forEach(Operation::wake);
        }
    }

    private void loop() {
        for (List<Operation<?>> batch = line.awaitAndTake(); !batch.isEmpty(); batch = line.awaitAndTake()) {
            run(batch);
        }
    }

    private void await(Operation<?> operation, Caller<?> caller) throws SQLException {
        try {
            caller.await();
        } catch (InterruptedException e) {
            giveUp(operation, caller);
        }
    }

    /** Takes the operation out of the line; once it has begun, its end decides. */
    private void giveUp(Operation<?> operation, Caller<?> caller) throws SQLException {
        boolean takenOut = line.remove(operation);
        Thread.currentThread().interrupt();
        if (takenOut) {
            throw new WaitCancelledException(
                    "The thread was interrupted while it waited for its turn to write; nothing was stored", null);
        }
        caller.awaitWithoutInterrupt();
    }

    /** Why the database did not take the last transaction, or does not end this one; empty if nothing is wrong. Does not wait. */
    public Optional<Refusal> refusal() {
        return batches.condition().refusal().or(watch::overdue);
    }

    /** What to do when the database refuses a transaction and took the one before; it must not block. */
    public void whenRefused(Runnable action) {
        batches.condition().whenRefused(action);
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
