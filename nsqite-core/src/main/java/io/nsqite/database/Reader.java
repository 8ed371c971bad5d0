package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue's connection for reading, outside any transaction: every statement sees what was committed when it began.
 * Reads never wait for writers. Safe for use by many threads, which take turns; so reads are short.
 */
public final class Reader implements AutoCloseable {

    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    Reader(Connection connection) {
        this.connection = connection;
    }

    /** Reads. */
    public <T extends @Nullable Object> T read(Work<T> work) throws SQLException {
        turn.lock();
        try {
            return work.run(connection);
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        turn.lock();
        try {
            connection.close();
        } finally {
            turn.unlock();
        }
    }
}
