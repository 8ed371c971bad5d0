package io.nsqite.consumer;

import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Fence;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a channel that wait for their time: knows when the next is due, fetches what is due and begins its
 * attempts. Guarded by the monitor.
 */
final class Retries {

    private final Engine engine;
    private final QueueStore store;
    private final EngineClock clock;
    private final Timer timer;
    private final Attempts attempts;
    private final Runnable due;
    private final Deque<Handout> ready = new ArrayDeque<>();
    private Timer.@Nullable Scheduled alarm;
    private long alarmAt = Long.MAX_VALUE;
    private boolean isDue = true; // until the table says otherwise

    /** What the last fetch that failed may have begun all the same, as it was before. */
    private List<DeliveryRow> doubtful = List.of();

    /** @param due called on the timer's thread when something is due */
    Retries(Engine engine, Attempts attempts, Runnable due) {
        this.engine = engine;
        store = engine.store();
        clock = engine.clock();
        timer = engine.timer();
        this.attempts = attempts;
        this.due = due;
    }

    /** Whether something may be due that was not fetched. */
    boolean isDue() {
        return isDue;
    }

    /** A look begins; what becomes due from now on asks for another one. */
    void looking() {
        isDue = false;
    }

    /** It is time to look. */
    void look() {
        isDue = true;
        alarmAt = Long.MAX_VALUE;
    }

    @Nullable
    Handout next() {
        return ready.pollFirst();
    }

    boolean hasNext() {
        return !ready.isEmpty();
    }

    /** Takes notice of rows that were written. */
    void noticed(List<DeliveryRow> rows) {
        for (DeliveryRow row : rows) {
            Long dueAt = row.dueAt();
            if (dueAt != null) {
                wakeAt(dueAt);
            }
        }
    }

    private void wakeAt(long dueAt) {
        if (dueAt >= alarmAt) {
            return;
        }
        cancel();
        alarmAt = dueAt;
        alarm = timer.schedule(Duration.ofMillis(Math.max(0, dueAt - clock.millis())), due);
    }

    void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /** What was found due, with when the next one will be. */
    record Found(Attempts.Begun begun, Optional<Long> nextDue) {}

    /** Begins the attempts of what is due; without the monitor. */
    Found fetch(Claim claim, int limit) throws SQLException {
        Fence fence = doubtful.isEmpty() ? Fence.OURS : attempts.takeBack(claim, doubtful);
        if (fence != Fence.OURS) {
            return new Found(new Attempts.Begun(fence, Map.of()), Optional.of(clock.millis()));
        }
        List<DeliveryRow> rows = engine.database()
                .reader()
                .read(connection -> store.channels().due(connection, claim, clock.millis(), limit));
        doubtful = rows;
        Attempts.Begun begun = rows.isEmpty() ? Attempts.Begun.NOTHING : attempts.begin(claim, rows);
        if (begun.fence() != Fence.OURS) {
            doubtful = List.of(); // surely nothing was written, and an operator may have deleted the rows
        }
        Optional<Long> next =
                engine.database().reader().read(connection -> store.channels().nextDue(connection, claim));
        return new Found(begun, next);
    }

    /** Takes in what was fetched. */
    void fetched(Found found, List<Handout> handouts) {
        doubtful = found.begun().fence() == Fence.OURS ? List.of() : doubtful;
        ready.addAll(handouts);
        if (found.nextDue().isEmpty()) {
            return;
        }
        long nextDue = found.nextDue().get();
        if (nextDue <= clock.millis()) {
            look();
        } else {
            wakeAt(nextDue);
        }
    }

    /** What was begun and not handed out goes back, due at once and without the attempt. */
    List<Outcome> giveBack() {
        List<Outcome> outcomes = ready.stream()
                .map(handout -> new Outcome(handout.entry(), backToDue(handout)))
                .toList();
        ready.clear();
        return outcomes;
    }

    private DeliveryRow backToDue(Handout handout) {
        return Objects.requireNonNull(handout.row()).notStarted(DeliveryState.DUE, clock.millis());
    }
}
