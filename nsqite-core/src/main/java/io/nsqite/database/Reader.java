package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Connections of the queue for reading, outside any transaction: every statement sees what was committed when it began.
 * Reads never wait for writers. Safe for use by many threads, as many of which read at a time as there are connections; so reads are
 * short, and none begins another.
 */
public final class Reader implements AutoCloseable {

    private final Opening opening;
    private final int size;
    private final Semaphore free;

    /** Used last, used first, so that a few readers find their statements prepared. Guarded by itself. */
    private final Deque<Connection> idle = new ArrayDeque<>();

    private volatile boolean closed;

    /** @param size how many connections at the most, each opened when it is needed first, unless {@link #openAll} is called */
    Reader(Opening opening, int size) {
        this.opening = opening;
        this.size = size;
        free = new Semaphore(size);
    }

    /** Opens a connection. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Opens all connections now: one that is opened later may lead to another file, or fail a read that only had to wait. */
    void openAll() throws SQLException {
        for (int number = 1; number <= size; number++) {
            putBack(opening.open());
        }
    }

    /** Reads. */
    public <T> T read(Work<T> work) throws SQLException {
        free.acquireUninterruptibly();
        return readAndRelease(work);
    }

    /** Reads if a connection is free just now; nothing if none is. */
    public <T> Optional<T> tryRead(Work<T> work) throws SQLException {
        return free.tryAcquire() ? Optional.of(readAndRelease(work)) : Optional.empty();
    }

    private <T> T readAndRelease(Work<T> work) throws SQLException {
        try {
            if (closed) {
                throw new SQLException(
                        "The queue is closed; nothing can be read any more. Read before it closes, or open another");
            }
            Connection idleOne = pollIdle();
            Connection connection = idleOne == null ? opening.open() : idleOne;
            try {
                return work.run(connection);
            } finally {
                putBack(connection);
            }
        } finally {
            free.release();
        }
    }

    private @Nullable Connection pollIdle() {
        synchronized (idle) {
            return idle.pollFirst();
        }
    }

    private void putBack(Connection connection) {
        synchronized (idle) {
            idle.addFirst(connection);
        }
    }

    /** Waits for those who read, and closes the connections; nothing can be read any more. */
    @Override
    public void close() throws SQLException {
        closed = true;
        free.acquireUninterruptibly(size);
        try {
            SQLException failure = null;
            for (Connection connection = pollIdle(); connection != null; connection = pollIdle()) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    if (failure != null) {
                        e.addSuppressed(failure);
                    }
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            free.release(size);
        }
    }
}
