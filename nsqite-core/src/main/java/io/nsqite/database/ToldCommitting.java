package io.nsqite.database;

import io.nsqite.database.WriterListener.Commit;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures each commit, and tells of it. */
final class ToldCommitting implements Committing {

    private static final Logger log = LoggerFactory.getLogger(ToldCommitting.class);

    private final List<WriterListener> listeners;
    private final LongSupplier waitedNanos;

    /** @param waitedNanos how long the transaction of the calling thread waited for the permit */
    ToldCommitting(List<WriterListener> listeners, LongSupplier waitedNanos) {
        this.listeners = List.copyOf(listeners);
        this.waitedNanos = waitedNanos;
    }

    @Override
    public void commit(Connection transaction, int operations) throws SQLException {
        long waited = waitedNanos.getAsLong(); // after the commit nobody knows any more
        long start = System.nanoTime();
        transaction.commit();
        long took = System.nanoTime() - start;
        tell(new Commit(operations, Duration.ofNanos(waited), Duration.ofNanos(took)));
    }

    private void tell(Commit commit) {
        for (WriterListener listener : listeners) {
            try {
                listener.committed(commit);
            } catch (Throwable failure) { // it is the application's, and must not make a commit look failed
                log.warn("The listener {} of the queue's writer failed, which changes nothing", listener, failure);
            }
        }
    }
}
