package io.nsqite.consumer;

import io.nsqite.database.Durability;
import io.nsqite.database.Work;
import io.nsqite.message.Message;
import io.nsqite.store.CancelStore;
import io.nsqite.store.ChannelStore;
import io.nsqite.store.Claim;
import io.nsqite.store.Fence;
import io.nsqite.store.Logged;
import io.nsqite.store.OffsetStore;
import io.nsqite.store.OffsetStore.Offset;
import io.nsqite.store.Stretch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The time during which this process owns a channel that is read as a log. Safe for use by many threads. */
final class LogTenure implements Holding {

    private static final Logger log = LoggerFactory.getLogger(LogTenure.class);

    /** At 0.05 microseconds a row of another topic, a millisecond. */
    private static final long MAX_IDS = 20_000;

    private static final long MAX_BYTES = 4 << 20;

    /** Payloads are read whatever their delay. */
    private static final long ALWAYS = Long.MAX_VALUE;

    private final Engine engine;
    private final OffsetStore offsets;
    private final LogBeginning beginning;
    private final LogPosition position;
    private final LogSignal signal;
    private final Runnable onLost;
    private volatile Claim claim;
    private volatile boolean pausedHere;
    private final AtomicBoolean over = new AtomicBoolean();

    /** What it begins with. */
    record Opening(Claim claim, LogBeginning beginning, LogPosition position) {}

    LogTenure(Engine engine, Opening opening, LogSignal signal, Runnable onLost) {
        this.engine = engine;
        claim = opening.claim();
        beginning = opening.beginning();
        position = opening.position();
        this.signal = signal;
        this.onLost = onLost;
        offsets = engine.store().offsets();
        engine.signals().subscribe(claim.topicId(), signal);
    }

    /** What comes after the committed offset. */
    List<Message> read(int max) throws SQLException, NotServedException {
        Offset now = look();
        position.found(now.doneTo());
        if (now.paused() || pausedHere) {
            return List.of();
        }
        while (true) {
            LogPosition.Reading reading = position.begin();
            List<Message> found = read(reading, max);
            if (!position.isDoubtful(reading)) {
                return position.receive(found);
            }
        }
    }

    /** Before the log has begun there is no offset, but rows that would outlive a move. */
    private void begin() throws SQLException, NotServedException {
        if (!beginning.isComplete()) {
            position.found(look().doneTo());
        }
    }

    /** Takes notice of how the channel is now; an operator may have changed it. */
    private Offset look() throws SQLException, NotServedException {
        Claim under = claim;
        Offset now = engine.database().reader().read(connection -> offsets.offset(connection, under));
        if (now.fence() == Fence.CHANGED || (now.fence() == Fence.OURS && !beginning.isComplete())) {
            now = beginning.complete(under);
        }
        if (now.isLost()) {
            throw lost();
        }
        claim = under.withChanges(now.changes());
        return now;
    }

    private List<Message> read(LogPosition.Reading reading, int max) throws SQLException {
        List<Message> found = new ArrayList<>();
        long bytes = 0;
        long after = reading.after();
        long newest = engine.database().reader().read(engine.store().messages()::newestId);
        while (after < newest && found.size() < max && bytes < MAX_BYTES) {
            long upTo = Math.min(newest, after + MAX_IDS);
            Stretch stretch = new Stretch(
                    claim.topic(),
                    claim.topicId(),
                    Stretch.ALL_PRIORITIES,
                    after,
                    upTo,
                    ALWAYS,
                    max - found.size(),
                    MAX_BYTES - bytes);
            for (Logged logged : engine.database()
                    .reader()
                    .read(connection -> engine.store().messages().read(connection, stretch))) {
                found.add(logged.message());
                bytes += logged.message().payload().length;
            }
            after = upTo;
            if (found.isEmpty()) {
                position.isEmpty(reading, upTo);
            }
        }
        return found;
    }

    /** The committed offset. */
    long committed() throws SQLException, NotServedException {
        return look().doneTo();
    }

    /** Commits an offset, unless the log was moved back since that was read. */
    LogChannel.Commit commit(long offset) throws SQLException, NotServedException {
        begin();
        long expected = position.offset();
        if (offset < expected) {
            return LogChannel.Commit.BACKWARDS;
        }
        if (!position.isCommittable(offset)) {
            return LogChannel.Commit.MOVED_BACK;
        }
        Claim under = claim;
        LogChannel.Commit commit = write(transaction -> {
            Offset now = offsets.offset(transaction, under);
            if (now.isLost() || now.doneTo() < expected) {
                return now.isLost() ? LogChannel.Commit.LOST : LogChannel.Commit.MOVED_BACK;
            }
            if (offset > engine.store().messages().newestId(transaction)) {
                return LogChannel.Commit.BEYOND_END;
            }
            if (offset > now.doneTo()) {
                offsets.move(transaction, under, offset);
            }
            return LogChannel.Commit.DONE;
        });
        if (commit == LogChannel.Commit.LOST) {
            throw lost();
        }
        if (commit == LogChannel.Commit.DONE) {
            position.found(Math.max(offset, expected));
            engine.progress().advance();
        }
        return commit;
    }

    /** Moves the log, whatever the direction, but not beyond its end. */
    void seek(Work<Long> target) throws SQLException, NotServedException {
        position.found(look().doneTo()); // else what an operator did before is found after the move, and undoes it
        Claim under = claim;
        Optional<Long> moved = write(transaction -> {
            if (offsets.offset(transaction, under).isLost()) {
                return Optional.empty();
            }
            long offset =
                    Math.min(target.run(transaction), engine.store().messages().newestId(transaction));
            offsets.move(transaction, under, offset);
            return Optional.of(offset);
        });
        position.found(moved.orElseThrow(this::lost));
        signal.give();
        engine.progress().advance();
    }

    private <T> T write(Work<T> work) throws SQLException {
        return engine.database().writer().call(work, Durability.APPLICATION);
    }

    private NotServedException lost() {
        if (end()) {
            log.warn(
                    "{}: another process took the log, because this one seemed dead or hung, or an operator deleted it; what was"
                            + " read and not committed is read again",
                    claim);
            onLost.run();
        }
        return new NotServedException();
    }

    /** False if it has ended already. */
    private boolean end() {
        boolean ends = over.compareAndSet(false, true);
        if (ends) {
            engine.signals().unsubscribe(claim.topicId(), signal);
            signal.end(this);
        }
        return ends;
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public void setPausedHere(boolean newPausedHere) {
        pausedHere = newPausedHere;
        signal.give();
    }

    @Override
    public void stopHandingOut() {
        signal.give();
    }

    @Override
    public boolean awaitAnswers(long deadlineNanos) {
        return true;
    }

    @Override
    public void giveBack(long deadlineNanos) {
        if (over.get()) {
            return;
        }
        CountDownLatch released = new CountDownLatch(1);
        Claim under = claim;
        // what was received and not committed can't be cancelled, which the table says like this
        int unsettled = position.isAhead() ? 1 : 0;
        GivingBack.begin(
                engine,
                under,
                transaction -> engine.store().channels().release(transaction, under, unsettled),
                released::countDown);
        boolean unused = end();
        await(released, deadlineNanos);
    }

    private static void await(CountDownLatch released, long deadlineNanos) {
        try {
            boolean unused = released.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void drop() {
        boolean unused = end();
    }

    @Override
    public boolean isOver() {
        return over.get();
    }

    @Override
    public int inFlight() {
        return 0;
    }

    @Override
    public void noticed(ChannelStore.Notice notice) {
        if (notice.changes() != claim.changes()) {
            signal.give();
        }
    }

    @Override
    public Optional<Runnable> reserve(CancelStore.Holder holder, long messageId) {
        boolean isOurs = !over.get() && claim.ownerId() == holder.ownerId();
        return isOurs && position.reserve(messageId)
                ? Optional.of(() -> reservationEnded(messageId))
                : Optional.empty();
    }

    private void reservationEnded(long messageId) {
        position.reservationEnded(messageId);
        signal.give();
    }

    @Override
    public long readUpTo() {
        return position.readUpTo();
    }

    @Override
    public void clockJumped() {
        // a log knows no times
    }
}
