package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.DeliveryState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Does everything that can happen to a backlog in random order, and compares with a model of the tables. */
@Timeout(30)
class BacklogModelTests {

    private static final Failure FAILURE = new Failure("failed", "", 0);

    private final Set<Long> inHandNow = new HashSet<>();
    private final List<Attempt> inHand = new ArrayList<>();
    private final Set<Long> answeredInThisLife = new HashSet<>();
    private final Set<Long> unsettled = new HashSet<>();
    private final Set<Long> suspects = new HashSet<>();
    private ChannelModel tables;
    private Backlog backlog;
    private Random random;
    private boolean changedByOperator;

    private record Attempt(Entry entry, int number) {}

    @Test
    void nothingIsLostAndNothingSettledThatWasNotHandled() {
        long first = Long.getLong("nsqite.test.seed", System.nanoTime());
        LongStream.concat(LongStream.of(first), new Random(first).longs(100)).forEach(this::runSeed);
    }

    private void runSeed(long seed) {
        try {
            begin(seed);
            int steps = 50 + random.nextInt(500);
            for (int step = 0; step < steps; step++) {
                step();
            }
            drain();
        } catch (Throwable failure) {
            throw new AssertionError("Repeat with -Dnsqite.test.seed=" + seed, failure);
        }
    }

    private void begin(long seed) {
        random = new Random(seed);
        tables = new ChannelModel();
        crash();
    }

    private void step() {
        switch (random.nextInt(16)) {
            case 0, 1 -> publish();
            case 2, 3 -> read(1 + random.nextInt(20));
            case 4, 5, 6 -> handOut();
            case 7, 8, 9 -> answer();
            case 10, 11 -> startRetry();
            case 12, 13, 14 -> write();
            default -> rarely();
        }
    }

    private void rarely() {
        switch (random.nextInt(8)) {
            case 0 -> crash();
            case 1 -> rewind();
            default -> reload();
        }
    }

    private void publish() {
        for (int i = random.nextInt(10); i >= 0; i--) {
            tables.publish(random.nextInt(3) > 0);
        }
    }

    private void read(long ids) {
        Lane lane = backlog.lanes().of(Message.DEFAULT_PRIORITY);
        long upTo = Math.min(lane.position() + ids, tables.newest());
        if (upTo > lane.position()) {
            backlog.add(lane, tables.read(lane.position(), upTo), upTo, 0);
        }
    }

    private boolean handOut() {
        Entry entry = backlog.nextWaiting();
        if (entry == null) {
            return false;
        }
        entry.take();
        assertThat(answeredInThisLife).as("handed out again").doesNotContain(entry.id());
        hold(entry, 1);
        return true;
    }

    private void hold(Entry entry, int attempt) {
        assertThat(inHandNow.add(entry.id()))
                .as("message %d is in hand once", entry.id())
                .isTrue();
        inHand.add(new Attempt(entry, attempt));
    }

    private void answer() {
        if (!inHand.isEmpty()) {
            answer(inHand.remove(random.nextInt(inHand.size())), random.nextInt(4));
        }
    }

    private void answer(Attempt attempt, int how) {
        Entry entry = attempt.entry();
        inHandNow.remove(entry.id());
        answeredInThisLife.add(entry.id());
        unsettled.add(entry.id());
        DeliveryRow row = row(attempt, how);
        if (row == null || row.state() == DeliveryState.DEAD) {
            tables.handled(entry.id());
        }
        backlog.answered(row == null ? Outcome.done(entry) : Outcome.goesOn(entry, row));
    }

    private static @Nullable DeliveryRow row(Attempt attempt, int how) {
        Entry entry = attempt.entry();
        DeliveryRow row = new DeliveryRow(
                entry.id(), entry.priority(), DeliveryState.RUNNING, null, attempt.number(), null, null);
        return switch (how) {
            case 0 -> row.due(0, FAILURE);
            case 1 -> attempt.number() < 3 ? row.due(0, FAILURE) : row.dead(FAILURE);
            default -> null;
        };
    }

    private boolean startRetry() {
        List<DeliveryRow> rows = startable();
        if (rows.isEmpty()) {
            return false;
        }
        DeliveryRow started = rows.get(random.nextInt(rows.size())).started();
        suspects.remove(started.messageId());
        tables.put(started);
        hold(backlog.started(started), started.attempts());
        return true;
    }

    /** What is due, and what was running when an earlier life ended. */
    private List<DeliveryRow> startable() {
        if (changedByOperator) {
            return List.of(); // the fence forbids it
        }
        List<DeliveryRow> rows = new ArrayList<>(tables.rows(DeliveryState.DUE));
        tables.rows(DeliveryState.RUNNING).stream()
                .filter(row -> suspects.contains(row.messageId()))
                .forEach(rows::add);
        rows.removeIf(row -> unsettled.contains(row.messageId()));
        return rows;
    }

    private void write() {
        Backlog.Batch batch = backlog.collect();
        assertThat(backlog.collect()).as("the same until it is settled").isSameAs(batch);
        while (random.nextInt(3) == 0) {
            betweenCollectAndCommit();
        }
        int end = random.nextInt(10);
        if (end == 0) {
            return; // the commit failed
        }
        if (changedByOperator || !tables.settle(batch.settlement())) {
            reload();
        } else if (end > 1) {
            settled(batch);
        } // else the commit seemed to fail
    }

    private void betweenCollectAndCommit() {
        switch (random.nextInt(3)) {
            case 0 -> read(3);
            case 1 -> handOut();
            default -> answer();
        }
    }

    private void reload() {
        changedByOperator = false;
        backlog.reload(tables.contents());
    }

    private void rewind() {
        tables.rewind(random.nextLong(tables.newest() + 1));
        answeredInThisLife.clear();
        changedByOperator = true;
    }

    private void crash() {
        backlog = new Backlog(tables.contents(), Lanes::byPriority);
        inHand.clear();
        inHandNow.clear();
        answeredInThisLife.clear();
        unsettled.clear();
        suspects.clear();
        tables.rows(DeliveryState.RUNNING).forEach(row -> suspects.add(row.messageId()));
        changedByOperator = false;
    }

    private void drain() {
        boolean busy = true;
        while (busy || backlog.hasOutcomes() || !startable().isEmpty()) {
            read(1000);
            busy = handOut() | startRetry() | !inHand.isEmpty();
            while (!inHand.isEmpty()) {
                answer(inHand.remove(0), 3);
            }
            settleForSure();
        }
        settleForSure();
        tables.checkDrained();
        assertThat(backlog.unsettled()).isZero();
        assertThat(backlog.hasWaiting()).isFalse();
    }

    private void settleForSure() {
        Backlog.Batch batch = backlog.collect();
        if (changedByOperator || !tables.settle(batch.settlement())) {
            reload();
        } else {
            settled(batch);
        }
    }

    private void settled(Backlog.Batch batch) {
        backlog.settled(batch);
        batch.outcomes().forEach(outcome -> unsettled.remove(outcome.entry().id()));
    }
}
