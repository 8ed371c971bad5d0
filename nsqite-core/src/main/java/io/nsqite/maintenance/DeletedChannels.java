package io.nsqite.maintenance;

import io.nsqite.database.QueueDatabase;
import io.nsqite.owner.Ownership;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what is left of deleted channels, in steps short enough not to be felt; also what a process left behind that
 * ended meanwhile. The mark of a channel stays, so that consumers that have not looked yet don't create it again, until the
 * queue is opened while nobody else uses it, and no process lives that was taken for dead.
 */
public final class DeletedChannels implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeletedChannels.class);
    private static final int ROWS_IN_A_STEP = 1000;
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final QueueDatabase database;
    private final QueueStore store;
    private final Ownership ownership;
    private final Timer timer;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final AtomicBoolean again = new AtomicBoolean();
    private List<Long> marksAtStart = List.of();
    private volatile boolean closed;

    /** Does nothing before {@link #start()}. */
    public DeletedChannels(QueueDatabase database, QueueStore store, Ownership ownership, Timer timer) {
        this.database = database;
        this.store = store;
        this.ownership = ownership;
        this.timer = timer;
    }

    /** Begins with what there is; before this process has any consumer. */
    public void start() throws SQLException {
        marksAtStart = database.reader().read(store.operator()::deleted);
        if (!marksAtStart.isEmpty()) {
            sweep();
        }
    }

    /** A channel was deleted. Does not wait. */
    public void sweep() {
        again.set(true);
        if (sweeping.compareAndSet(false, true)) {
            nextStep();
        }
    }

    private void nextStep() {
        again.set(false);
        database.writer().submit(this::step, (more, failure) -> {
            if (more == null) {
                failed(failure);
            } else if (more) {
                nextStep();
            } else {
                finished();
            }
        });
    }

    private boolean step(Connection transaction) throws SQLException {
        boolean more = store.operator().sweep(transaction, ROWS_IN_A_STEP);
        if (!more && ownership.isTheOnlyOne(transaction)) {
            store.operator().forget(transaction, marksAtStart);
        }
        return more;
    }

    private void finished() {
        sweeping.set(false);
        if (again.get()) {
            sweep(); // one more was deleted after the last step had looked
        }
    }

    private void failed(@Nullable Throwable failure) {
        sweeping.set(false);
        if (!closed) {
            log.warn("Deleting the rows of deleted channels failed and is tried again in {}", AFTER_FAILURE, failure);
            timer.schedule(AFTER_FAILURE, this::sweep);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
