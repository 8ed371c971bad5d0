package io.nsqite.maintenance;

import io.nsqite.database.QueueDatabase;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Finds out when a database that refused a write takes writes again, as perhaps nobody else writes for long: until then a small one is
 * tried once a second. While all is well it writes nothing.
 */
public final class WriterProbe implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final QueueDatabase database;
    private final QueueStore store;
    private final LongSupplier ownerId;
    private final Timer timer;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean closed;

    /** @param ownerId the id of this process, whose row is touched */
    public WriterProbe(QueueDatabase database, QueueStore store, LongSupplier ownerId, Timer timer) {
        this.database = database;
        this.store = store;
        this.ownerId = ownerId;
        this.timer = timer;
    }

    /** Begins to look. */
    public void start() {
        timer.schedule(INTERVAL, this::look);
    }

    private void look() {
        if (closed) {
            return;
        }
        if (database.writer().refusal().isPresent() && probing.compareAndSet(false, true)) {
            database.writer()
                    .submit(
                            transaction -> store.owners().touch(transaction, ownerId.getAsLong()),
                            (touched, failure) -> probing.set(false));
        }
        timer.schedule(INTERVAL, this::look);
    }

    @Override
    public void close() {
        closed = true;
    }
}
