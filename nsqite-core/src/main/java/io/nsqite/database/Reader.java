package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The queue's connection for reading, outside any transaction: every statement sees what was committed when it began.
 * Reads never wait for writers. Safe for use by many threads, which take turns; so reads are short.
 */
public final class Reader implements AutoCloseable {

    private final Opening opening;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Connection connection;
    private boolean closed;

    Reader(Opening opening) {
        this.opening = opening;
    }

    /** Opens the connection at the first read. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Reads. */
    public <T> T read(Work<T> work) throws SQLException {
        turn.lock();
        try {
            if (closed) {
                throw new SQLException(
                        "The queue is closed; nothing can be read any more. Read before it closes, or open another");
            }
            Connection open = connection;
            if (open == null) {
                open = opening.open();
                connection = open;
            }
            return work.run(open);
        } finally {
            turn.unlock();
        }
    }

    /** Reads if nobody else does just now; nothing if somebody does. */
    public <T> Optional<T> tryRead(Work<T> work) throws SQLException {
        if (!turn.tryLock()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(work));
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        turn.lock();
        try {
            closed = true;
            if (connection != null) {
                connection.close();
            }
        } finally {
            turn.unlock();
        }
    }
}
