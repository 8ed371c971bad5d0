package io.nsqite.maintenance;

import io.nsqite.database.QueueDatabase;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when a database that refused a write takes writes again, as perhaps nobody else writes for long: from the first refusal
 * on a small one is tried once a second, until one works. While all is well it does nothing at all.
 */
public final class WriterProbe implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final QueueDatabase database;
    private final QueueStore store;
    private final LongSupplier ownerId;
    private final Timer timer;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private volatile boolean closed;

    /** @param ownerId the id of this process, whose row is touched */
    public WriterProbe(QueueDatabase database, QueueStore store, LongSupplier ownerId, Timer timer) {
        this.database = database;
        this.store = store;
        this.ownerId = ownerId;
        this.timer = timer;
    }

    /** From now on every refusal is followed up. */
    public void start() {
        database.writer().whenRefused(this::tryLater);
        if (database.writer().refusal().isPresent()) {
            tryLater();
        }
    }

    private void tryLater() {
        if (scheduled.compareAndSet(false, true)) {
            timer.schedule(INTERVAL, this::tryNow);
        }
    }

    private void tryNow() {
        scheduled.set(false);
        if (!closed && database.writer().refusal().isPresent()) {
            database.writer()
                    .submit(
                            transaction -> store.owners().touch(transaction, ownerId.getAsLong()),
                            (touched, failure) -> tried(failure));
        }
    }

    private void tried(@Nullable Throwable failure) {
        if (failure != null) {
            tryLater();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
