package io.nsqite.consumer;

import io.nsqite.database.Durability;
import io.nsqite.store.Claim;
import io.nsqite.store.OffsetStore.Beginning;
import io.nsqite.store.OffsetStore.Offset;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes a log of a channel that was consumed in another way, or that an operator has changed. There may be many rows to delete, which takes
 * several short transactions, so that others can write in between. Safe for use by many threads.
 */
final class LogBeginning {

    /** Some milliseconds. */
    private static final int MAX_ROWS = 1000;

    private final Engine engine;
    private volatile boolean complete;

    private LogBeginning(Engine engine, boolean complete) {
        this.engine = engine;
        this.complete = complete;
    }

    /** The first step, with which the channel is taken. */
    static Beginning firstStep(Engine engine, Connection transaction, Claim claim) throws SQLException {
        return engine.store().offsets().begin(transaction, claim, MAX_ROWS);
    }

    /** What comes after a step. */
    static LogBeginning after(Engine engine, Beginning step) {
        return new LogBeginning(engine, step.isComplete());
    }

    /** Whether the channel is a log. */
    boolean isComplete() {
        return complete;
    }

    /** Goes on until it is one; how far it is then. */
    Offset complete(Claim claim) throws SQLException {
        complete = false;
        Beginning step = nextStep(claim);
        while (!step.isComplete() && !step.offset().isLost()) {
            step = nextStep(claim);
        }
        complete = step.isComplete();
        return step.offset();
    }

    /** A step that a power cut undoes is done once more. */
    private Beginning nextStep(Claim claim) throws SQLException {
        return engine.database()
                .writer()
                .call(transaction -> firstStep(engine, transaction, claim), Durability.RELAXED);
    }
}
