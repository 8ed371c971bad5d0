package io.nsqite.producer;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * How the producer finds the transaction that its caller is in. With Spring the starter brings one that asks Spring;
 * without, there is none to find, and only {@link Producer#publishTx(Connection, io.nsqite.message.NewMessage)} joins.
 */
public interface CallerTransaction {

    /**
     * The connection of the read-write transaction that the calling thread is in, on the queue's database; null if there
     * is none that a message could join: no transaction, one that has ended, a read-only one, or one of another
     * database.
     */
    @Nullable
    Connection current();

    /**
     * The exception to throw where a transaction is needed and {@link #current()} is null, or where one can't work.
     *
     * @param advice what is wrong and what to do, to which the implementation may add what it knows of the thread
     */
    RuntimeException illegalState(String advice);

    /** No transactions but those given explicitly. */
    static CallerTransaction none() {
        return new CallerTransaction() {
            @Override
            public @Nullable Connection current() {
                return null;
            }

            @Override
            public RuntimeException illegalState(String advice) {
                return new IllegalStateException(advice);
            }
        };
    }
}
