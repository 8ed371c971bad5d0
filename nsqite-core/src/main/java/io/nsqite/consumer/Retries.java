package io.nsqite.consumer;

import io.nsqite.store.Claim;
import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Fence;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Timer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a channel that wait for their time: knows when the next is due, fetches what is due and begins its
 * attempts. Guarded by the monitor.
 */
final class Retries {

    /** Timers count nanoseconds, which is not enough for what is due in some hundred years. */
    private static final long LONGEST_ALARM = Duration.ofDays(1).toMillis();

    private final Engine engine;
    private final QueueStore store;
    private final Timer timer;
    private final Attempts attempts;
    private final RetryPolicy policy;
    private final Turns turns;
    private final Portions portions;
    private final Runnable due;
    private final Deque<Handout> ready = new ArrayDeque<>();
    private Timer.@Nullable Scheduled alarm;
    private long alarmAt = Long.MAX_VALUE;
    private boolean isDue = true; // until the table says otherwise

    /** What the last fetch that failed may have begun all the same, as it was before. */
    private List<DeliveryRow> doubtful = List.of();

    /** @param due called on the timer's thread when something is due */
    Retries(Engine engine, Attempts attempts, InMemory memory, Runnable due) {
        policy = memory.policy();
        turns = memory.turns();
        portions = memory.portions();
        this.engine = engine;
        store = engine.store();
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

    /** The next; null if none is begun. */
    @Nullable
    Handout first() {
        return ready.peekFirst();
    }

    /** The next that was never tried before; null if none is begun. */
    @Nullable
    Handout firstNotRepeated() {
        for (Handout handout : ready) {
            if (!handout.isRepeated()) {
                return handout;
            }
        }
        return null;
    }

    /** It is handed out. */
    void take(Handout handout) {
        ready.remove(handout);
    }

    boolean hasNext() {
        return !ready.isEmpty();
    }

    /** Takes notice of rows that were written. */
    void noticed(List<DeliveryRow> rows) {
        for (DeliveryRow row : rows) {
            Long dueAt = row.dueAt();
            if (dueAt != null) {
                wakeAt(row.state() == DeliveryState.SCHEDULED ? policy.now().retriesAt(dueAt) : dueAt);
            }
        }
    }

    private void wakeAt(long dueAt) {
        if (dueAt >= alarmAt) {
            return;
        }
        cancel();
        alarmAt = dueAt;
        long delay = Math.max(0, dueAt - policy.now().retries());
        alarm = timer.schedule(Duration.ofMillis(Math.min(delay, LONGEST_ALARM)), due);
    }

    void cancel() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    /**
     * What the table holds.
     *
     * @param fence whether the claim held; if not, nothing was looked at
     * @param nextDue when to look again, by the clock of retries
     */
    record Look(Fence fence, Turns.Seen seen, Optional<Long> nextDue) {}

    /** Looks for what is due, as much as is handled at once, and at keys; without the monitor. */
    Look look(Claim claim, List<String> keys) throws SQLException {
        Fence fence = doubtful.isEmpty() ? Fence.OURS : attempts.takeBack(claim, doubtful);
        if (fence != Fence.OURS) {
            return new Look(
                    fence,
                    new Turns.Seen(List.of(), Map.of()),
                    Optional.of(policy.now().retries()));
        }
        doubtful = List.of();
        return engine.database().reader().read(connection -> {
            Clocks now = policy.now();
            int limit = Math.max(portions.sideBySide(), portions.together());
            List<DeliveryRow> found = turns.keepOrder()
                    ? store.channels().dueByTime(connection, claim, now, limit)
                    : store.channels().due(connection, claim, now, limit);
            List<DeliveryRow> due = handledAtOnce(found);
            Turns.Seen seen = turns.look(connection, claim, due, keys);
            boolean more = found.size() == limit || due.size() < found.size();
            Optional<Long> next =
                    more ? Optional.of(now.retries()) : store.channels().nextDue(connection, claim, now);
            // asked last: a row that an operator has deleted seems to be done, which would let the next of its key go
            // on
            return new Look(store.channels().fence(connection, claim), seen, next);
        });
    }

    /** Those that were never tried fill a batch; of the others, which come alone, each worker gets one. */
    private List<DeliveryRow> handledAtOnce(List<DeliveryRow> found) {
        int alone = portions.sideBySide();
        List<DeliveryRow> atOnce = new ArrayList<>();
        for (DeliveryRow row : found) {
            if (portions.together() > 1 && !row.isTried()) {
                atOnce.add(row);
            } else if (alone > 0) {
                atOnce.add(row);
                alone--;
            }
        }
        return atOnce;
    }

    /** Begins attempts as planned; without the monitor. */
    Attempts.Begun begin(Claim claim, Turns.Plan plan) throws SQLException {
        if (plan.isEmpty()) {
            return Attempts.Begun.NOTHING;
        }
        doubtful = new ArrayList<>(plan.begin());
        plan.hold().forEach(held -> doubtful.add(held.due(0, held.failure())));
        return attempts.begin(claim, plan.begin(), plan.hold());
    }

    /** Takes in attempts that have begun. */
    void begun(Attempts.Begun begun, List<Handout> handouts) {
        doubtful = List.of(); // unless the claim held surely nothing was written, and an operator may have deleted the
        // rows
        ready.addAll(handouts);
        if (begun.isPart()) {
            look(); // for the others
        }
    }

    /** Takes notice of when something is due next. */
    void nextDue(Optional<Long> nextDue) {
        if (nextDue.isEmpty()) {
            return;
        }
        if (nextDue.get() <= policy.now().retries()) {
            look();
        } else {
            wakeAt(nextDue.get());
        }
    }

    /** What was begun and not handed out goes back, due at once and without the attempt. */
    List<Outcome> giveBack() {
        List<Outcome> outcomes = ready.stream()
                .map(handout -> Outcome.goesOn(handout.entry(), policy.notStarted(handout)))
                .toList();
        ready.clear();
        return outcomes;
    }
}
