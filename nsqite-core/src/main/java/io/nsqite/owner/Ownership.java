package io.nsqite.owner;

import io.nsqite.database.Durability;
import io.nsqite.database.QueueDatabase;
import io.nsqite.database.Refusal;
import io.nsqite.schema.Schema;
import io.nsqite.store.OwnerStore.Library;
import io.nsqite.store.OwnerStore.Owner;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one of those that use the queue: it is registered, shows that it lives, and buries those that don't.
 * Looks around about once a second, on the timer's thread.
 */
public final class Ownership implements AutoCloseable {

    /** The id of no owner. */
    public static final long NOBODY = 0;

    private static final Logger log = LoggerFactory.getLogger(Ownership.class);
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final QueueDatabase database;
    private final QueueStore store;
    private final Timer timer;
    private final InstantSource clock;
    private final Duration interval;
    private final Neighbours neighbours;
    private final FileIdentity identity;
    private final Path sideFile;
    private volatile @Nullable Membership membership;
    private volatile @Nullable OwnershipListener listener;
    private final AtomicBoolean enteringAnew = new AtomicBoolean();
    private final AtomicBoolean moving = new AtomicBoolean();
    private volatile boolean alone = true;
    private volatile boolean closed;
    private volatile @Nullable Refusal failing;

    /**
     * Registers this process.
     *
     * @param lease how long a hung process keeps its channels
     * @throws UnusableSideFileException if it can't show that it lives
     */
    public Ownership(QueueDatabase database, QueueStore store, Timer timer, InstantSource clock, Duration lease)
            throws SQLException {
        this.database = database;
        this.store = store;
        this.timer = timer;
        this.clock = clock;
        interval = min(LOOK_INTERVAL, lease.dividedBy(8)); // well below the pause that counts as a stall of our own
        neighbours = new Neighbours(lease);
        identity = FileIdentity.of(path());
        sideFile = SideFile.beside(path(), database.schema().prefix());
        try {
            database.writer().call(this::enter, Durability.RELAXED);
        } catch (SideFileFailure e) {
            leaveQuietly();
            throw new UnusableSideFileException(sideFile, e.ioException());
        } catch (SQLException | RuntimeException e) {
            leaveQuietly(); // the next try may get the same id
            throw e;
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Begins to look around; the first look is now, so that what the dead left is free at once. */
    public void start(OwnershipListener newListener) {
        listener = newListener;
        try {
            buryTheDead();
        } catch (SQLException | IOException e) {
            lookFailed(e);
        }
        timer.schedule(interval, this::lookAgain);
    }

    /** The id of this process; another one after it was taken for dead, and {@link #NOBODY} while it is not registered. */
    public long id() {
        Membership own = membership;
        return own == null ? NOBODY : own.id();
    }

    /** Whether no other process uses the queue, as of the last look. */
    public boolean isAlone() {
        return alone;
    }

    /**
     * Whether nobody else uses the queue for sure, also none that is not registered any more but may come back: it was suspended, taken
     * for dead, and still holds its lock. As of this transaction.
     */
    public boolean isTheOnlyOne(Connection transaction) throws SQLException {
        Membership own = membership;
        if (own == null || store.owners().all(transaction).size() > 1) {
            return false;
        }
        try {
            return own.file().areOthersFree(own.id());
        } catch (IOException e) {
            throw new SQLException(
                    "Whether others use the queue can't be seen in the side file %s; let the process read and write it"
                            .formatted(sideFile),
                    e);
        }
    }

    private Path path() {
        return database.sqlite().path();
    }

    /** Registers; may run twice before the commit, then the first id was rolled back. */
    private long enter(Connection transaction) throws SQLException {
        if (closed) {
            throw new IllegalStateException("The queue was closed meanwhile; open another");
        }
        try {
            leave(transaction);
            SideFile file = SideFile.open(sideFile);
            Schema schema = database.schema();
            schema.upgrade(transaction, new LivingOwners(store.owners(), file));
            Library library = new Library(Version.OF_LIBRARY, schema.version());
            long id = store.owners().register(transaction, clock.millis(), library, file.id());
            membership = Membership.enter(id, file);
            moveBackCursors(transaction);
            return id;
        } catch (IOException e) {
            throw new SideFileFailure(sideFile, e);
        }
    }

    private void moveBackCursors(Connection transaction) throws SQLException {
        int moved =
                store.channels().moveBackCursors(transaction, store.messages().newestId(transaction));
        if (moved > 0) {
            log.error(
                    "{} cursors stood beyond the end of the log and were moved back to it; was {} emptied, or replaced by a"
                            + " backup? What those channels had not handled yet is not there any more",
                    moved,
                    path());
        }
    }

    /** What it served before is free to be served, by itself as well. */
    private void leave(Connection transaction) throws SQLException, IOException {
        Membership old = membership;
        if (old != null) {
            store.owners().bury(transaction, old.id());
            membership = null;
            old.leave();
        }
    }

    private void lookAgain() {
        if (closed) {
            return;
        }
        try {
            look();
            tell().lookedAround();
            failing = null;
        } catch (SQLException | IOException e) {
            lookFailed(e);
        } finally {
            timer.schedule(interval, this::lookAgain);
        }
    }

    private void lookFailed(Exception failure) {
        Refusal before = failing;
        if (before == null && !closed) {
            log.warn("Looking for other processes failed and is tried again every {} ms", interval.toMillis(), failure);
        }
        failing = new Refusal(
                String.valueOf(failure.getMessage()), before == null ? System.nanoTime() : before.sinceNanos());
    }

    /** Why the last look around failed; empty if it did not. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(failing);
    }

    private void look() throws SQLException, IOException {
        Membership own = membership;
        if (own == null) {
            return; // being registered anew
        }
        own.beat();
        if (!identity.isKept()) {
            closed = true;
            tell().databaseReplaced(identity.explanation());
        } else if (!own.file().isInPlace()) {
            moveToNewSideFile(own);
        } else if (isEvicted(own)) {
            registerAnew();
        } else {
            buryTheDead();
        }
    }

    private boolean isEvicted(Membership own) throws SQLException {
        return !database.reader().read(connection -> store.owners().exists(connection, own.id()));
    }

    private OwnershipListener tell() {
        return Objects.requireNonNull(listener, "not started");
    }

    /** Looks at once whether this process is still registered, as something was committed. */
    public void committed() {
        Membership own = membership;
        try {
            if (own != null && isEvicted(own)) {
                registerAnew();
            }
        } catch (SQLException e) {
            log.debug("Looking for the own row failed and is repeated", e);
        }
    }

    /** Drops everything and registers anew, as after an eviction. */
    public void registerAnew() {
        if (closed || !enteringAnew.compareAndSet(false, true)) {
            return;
        }
        log.warn(
                "This process was not known as an owner of {} any more: it was taken for dead, or the tables were emptied. It"
                        + " drops what it was handling and registers anew",
                path());
        tell().evicted();
        enterAnew();
    }

    private void enterAnew() {
        database.writer().submit(this::enter, (id, failure) -> {
            if (failure == null) {
                enteringAnew.set(false);
                tell().channelsFreed();
            } else if (!closed) {
                log.error("Registering anew failed and is tried again in {} ms", interval.toMillis(), failure);
                timer.schedule(interval, this::enterAnew);
            }
        });
    }

    private void moveToNewSideFile(Membership own) {
        if (!moving.compareAndSet(false, true)) {
            return;
        }
        database.writer().submit(transaction -> moveToNewSideFile(transaction, own), (moved, failure) -> {
            moving.set(false);
            if (failure != null) {
                log.warn("The side file was deleted while in use, and can't be created again yet", failure);
            } else {
                log.warn("The side file {} was deleted while in use; it was created again", sideFile);
            }
        });
    }

    private boolean moveToNewSideFile(Connection transaction, Membership own) throws SQLException {
        try {
            Membership current = membership;
            if (current == null || current.id() != own.id()) {
                return false; // registered anew meanwhile
            }
            SideFile file = SideFile.open(sideFile);
            if (!current.file().id().equals(file.id())) { // else this runs again after a rollback
                membership = Membership.enter(own.id(), file);
            }
            store.owners().moved(transaction, new Owner(own.id(), file.id()));
            return true;
        } catch (IOException e) {
            throw new SideFileFailure(sideFile, e);
        }
    }

    private void buryTheDead() throws SQLException, IOException {
        Membership own = membership;
        if (own == null) {
            return; // being registered anew
        }
        List<Owner> others = database.reader().read(store.owners()::all).stream()
                .filter(owner -> owner.id() != own.id())
                .toList();
        notice(others);
        neighbours.gone(others, own.file(), timer.nanoTime()).forEach(this::bury);
    }

    private void notice(List<Owner> others) {
        alone = others.isEmpty();
        if (!alone) {
            database.sqlite().sharing().begin(this);
        }
        if (alone || closed) { // closed meanwhile, by another thread
            database.sqlite().sharing().end(this);
        }
    }

    private void bury(Owner gone, String how) {
        database.writer().submit(transaction -> store.owners().bury(transaction, gone.id()), (freed, failure) -> {
            if (failure != null) {
                log.warn("The channels of owner {} could not be freed yet", gone.id(), failure);
            } else {
                log.info("Owner {} {}; {} channels are free to be served by others", gone.id(), how, freed);
                tell().channelsFreed();
            }
        });
    }

    /** Ends in order: this process is no owner any more. */
    @Override
    public void close() throws SQLException {
        closed = true;
        database.sqlite().sharing().end(this);
        try {
            database.writer().call(this::signOff, Durability.RELAXED);
        } finally {
            leaveQuietly(); // even if that failed: others see by the lock that this process is gone
        }
    }

    private long signOff(Connection transaction) throws SQLException {
        store.owners().remove(transaction, id());
        return id();
    }

    private void leaveQuietly() {
        Membership own = membership;
        membership = null;
        try {
            if (own != null) {
                own.leave();
            }
        } catch (IOException e) {
            log.debug("Releasing the lock failed; it ends with the process", e);
        }
    }
}
