package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.model.Seeds;
import io.nsqite.store.Claim;
import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Logged;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Does everything that can happen to a backlog in random order, and compares with a model of the tables: with priorities, and where
 * the order of keys is kept.
 */
@Timeout(60)
class BacklogModelTests {

    private static final Failure FAILURE = new Failure("failed", "", 0);
    private static final Claim CLAIM = new Claim(1, 1, "topic", "channel", 1, 1, 0);
    private static final long NEVER = Long.MAX_VALUE;
    private static final int KEYS = 3;

    private final Set<Long> inHandNow = new HashSet<>();
    private final Map<String, Long> keysInHand = new HashMap<>();
    private final List<Attempt> inHand = new ArrayList<>();
    private final Set<Long> answeredInThisLife = new HashSet<>();
    private final Set<Long> unsettled = new HashSet<>();
    private final Set<Long> suspects = new HashSet<>();
    private ChannelModel tables;
    private Backlog backlog;
    private KeyLines lines;
    private Turns turns;
    private Random random;
    private boolean ordered;
    private boolean changedByOperator;
    private boolean looking;
    private int loads;

    /** @param message null if the attempt is recorded */
    private record Attempt(
            Entry entry, int number, @Nullable Message message) {}

    @Test
    void nothingIsLostAndNothingSettledThatWasNotHandled() {
        Seeds.once(first -> {
            int more = Integer.getInteger("nsqite.test.model.runs", 2) * 50;
            LongStream.concat(LongStream.of(first), new Random(first).longs(more))
                    .forEach(seed -> Seeds.run(seed, this::runSeed));
        });
    }

    private void runSeed(long seed) throws SQLException {
        random = new Random(seed);
        ordered = random.nextBoolean();
        tables = new ChannelModel();
        crash();
        int steps = 50 + random.nextInt(500);
        for (int step = 0; step < steps; step++) {
            step();
        }
        drain();
    }

    private void step() throws SQLException {
        switch (random.nextInt(16)) {
            case 0, 1 -> publish();
            case 2, 3 -> read(1 + random.nextInt(20));
            case 4, 5, 6 -> handOut();
            case 7, 8, 9 -> answer();
            case 10, 11 -> startRetries();
            case 12, 13, 14 -> write();
            default -> rarely();
        }
    }

    private void rarely() throws SQLException {
        switch (random.nextInt(8)) {
            case 0 -> crash();
            case 1 -> rewind();
            default -> reload();
        }
    }

    private void publish() {
        for (int i = random.nextInt(10); i >= 0; i--) {
            if (random.nextInt(3) == 0) {
                tables.publishElsewhere();
            } else {
                int priority = random.nextInt(3) > 0 ? Message.DEFAULT_PRIORITY : random.nextInt(10);
                String key = random.nextInt(3) > 0 ? "key-" + random.nextInt(KEYS) : null;
                tables.publish(priority, key, random.nextInt(8) > 0 ? 0 : NEVER);
            }
        }
    }

    private void read(long ids) throws SQLException {
        if (looking) {
            return; // one thread fetches at a time
        }
        for (Lane lane : backlog.lanes().all()) {
            long after = lane.position();
            long upTo = Math.min(after + ids, tables.newest());
            if (upTo > after && (ids > 100 || random.nextBoolean())) {
                read(lane, tables.read(lane.reads(), after, upTo), upTo);
            }
        }
    }

    private void read(Lane lane, List<Logged> messages, long upTo) throws SQLException {
        Set<String> unknown = turns.unknownKeys(messages);
        if (!unknown.isEmpty()) {
            if (changedByOperator) {
                return; // the fence, which is asked after the look, says so
            }
            turns.foundRows(turns.withRows(null, CLAIM, unknown));
        }
        backlog.add(lane, messages, upTo);
    }

    private boolean handOut() {
        if (!suspects.isEmpty()) {
            return false;
        }
        Entry entry = backlog.nextWaiting();
        if (entry == null) {
            return false;
        }
        Message message = entry.take();
        assertThat(answeredInThisLife).as("handed out again").doesNotContain(entry.id());
        checkTurn(message);
        hold(new Attempt(entry, 1, message));
        return true;
    }

    /** What is before it, by key or by priority, must have been handed out. */
    private void checkTurn(Message message) {
        if (changedByOperator) {
            return;
        }
        tables.before(message)
                .filter(earlier -> ordered
                        ? message.key() != null && message.key().equals(earlier.key())
                        : earlier.priority() == message.priority())
                .forEach(earlier -> assertThat(isOutOfTheWay(earlier.id()))
                        .as("message %d comes after message %d", message.id(), earlier.id())
                        .isTrue());
    }

    private boolean isOutOfTheWay(long id) {
        Entry entry = backlog.lanes().find(id);
        return ordered ? tables.isHandled(id) : entry == null || !entry.isWaiting();
    }

    private void hold(Attempt attempt) {
        Entry entry = attempt.entry();
        assertThat(inHandNow.add(entry.id()))
                .as("message %d is in hand once", entry.id())
                .isTrue();
        String key = tables.message(entry.id()).key();
        if (ordered && key != null) {
            assertThat(keysInHand.put(key, entry.id()))
                    .as("in hand with the key of message %d", entry.id())
                    .isNull();
        }
        inHand.add(attempt);
    }

    private void answer() throws SQLException {
        if (!inHand.isEmpty()) {
            answer(inHand.get(random.nextInt(inHand.size())), random.nextInt(7));
        }
    }

    private void answer(Attempt attempt, int how) throws SQLException {
        if (how == 4) {
            acknowledge(attempt);
            return;
        }
        Entry entry = attempt.entry();
        release(attempt);
        if (how == 5 && attempt.message() != null && !ordered) {
            backlog.putBack(entry, attempt.message());
            return;
        }
        answeredInThisLife.add(entry.id());
        unsettled.add(entry.id());
        DeliveryRow row = row(attempt, how);
        if (row == null || row.state() == DeliveryState.DEAD) {
            tables.handled(entry.id());
        }
        backlog.answered(row == null ? Outcome.done(entry) : Outcome.goesOn(entry, row));
    }

    private void release(Attempt attempt) {
        inHand.remove(attempt);
        inHandNow.remove(attempt.entry().id());
        keysInHand.values().remove(attempt.entry().id());
    }

    /** Between the commit and its being noticed others write, and operators change things. */
    private void acknowledge(Attempt attempt) throws SQLException {
        Entry entry = attempt.entry();
        boolean leavesDoneRow = tables.acknowledge(entry.id());
        release(attempt);
        answeredInThisLife.add(entry.id());
        Backlog before = backlog;
        while (random.nextInt(3) > 0 && before == backlog) {
            switch (random.nextInt(4)) {
                case 0 -> read(1 + random.nextInt(20));
                case 1 -> reload();
                default -> write();
            }
        }
        if (before == backlog) {
            backlog.acknowledged(entry, leavesDoneRow);
        }
    }

    private @Nullable DeliveryRow row(Attempt attempt, int how) {
        Entry entry = attempt.entry();
        String key = tables.message(entry.id()).key();
        DeliveryRow row =
                new DeliveryRow(entry.id(), entry.priority(), DeliveryState.RUNNING, null, attempt.number(), key, null);
        return switch (how) {
            case 0 -> row.due(0, FAILURE);
            case 1 -> attempt.number() < 3 ? row.due(0, FAILURE) : row.dead(FAILURE);
            default -> null;
        };
    }

    /** As the fetching of rows does; false if nothing was done. */
    private boolean startRetries() throws SQLException {
        if (changedByOperator) {
            return false; // the fence forbids it
        }
        if (!suspects.isEmpty()) {
            if (!inHand.isEmpty()) {
                return false; // one at a time
            }
            long suspect = suspects.iterator().next();
            suspects.remove(suspect);
            tables.rows(DeliveryState.RUNNING).stream()
                    .filter(row -> row.messageId() == suspect)
                    .forEach(this::start);
            return true;
        }
        if (turns.hasUnseenHeld()) {
            turns.foundHeld(turns.nextHeld(null, CLAIM));
        }
        List<DeliveryRow> due = new ArrayList<>(tables.rows(DeliveryState.DUE));
        due.addAll(tables.rows(DeliveryState.SCHEDULED));
        due = due.subList(0, Math.min(due.size(), 1 + random.nextInt(4)));
        List<String> keys = turns.takeToLook(2);
        Turns.Seen seen = turns.look(null, CLAIM, due, keys);
        if (isReloadedMeanwhile()) {
            turns.lookAgain(keys);
            return true;
        }
        Turns.Plan plan = turns.decide(
                seen.without(backlog::isPending),
                new Clocks(NEVER, NEVER),
                backlog.lanes().position());
        plan.hold().forEach(tables::put);
        plan.begin().forEach(this::start);
        return !plan.begin().isEmpty() || turns.hasToLook();
    }

    /** Between the look at the table and the decision others answer and write; whether the channel was loaded again then. */
    private boolean isReloadedMeanwhile() throws SQLException {
        int before = loads;
        looking = true;
        while (random.nextInt(3) > 0 && before == loads) {
            switch (random.nextInt(3)) {
                case 0 -> handOut();
                case 1 -> answer();
                default -> write();
            }
        }
        looking = false;
        return before != loads;
    }

    private void start(DeliveryRow row) {
        DeliveryRow started = row.started();
        tables.put(started);
        hold(new Attempt(backlog.started(started), started.attempts(), null));
    }

    private void write() throws SQLException {
        Backlog.Batch batch = backlog.collect();
        assertThat(backlog.collect()).as("the same until it is settled").isSameAs(batch);
        while (random.nextInt(3) == 0) {
            betweenCollectAndCommit();
            if (backlog.collect() != batch) {
                return; // it was written meanwhile
            }
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

    private void betweenCollectAndCommit() throws SQLException {
        switch (random.nextInt(3)) {
            case 0 -> read(3);
            case 1 -> handOut();
            default -> {
                if (!inHand.isEmpty()) {
                    answer(inHand.get(random.nextInt(inHand.size())), random.nextInt(4));
                }
            }
        }
    }

    private void reload() {
        loads++;
        backlog.collect(); // the engine loads the channel in the write that was to settle
        changedByOperator = false;
        backlog.reload(tables.contents());
        turns.loaded(tables.contents().keyed());
    }

    private void rewind() {
        tables.rewind(random.nextLong(tables.newest() + 1));
        answeredInThisLife.clear();
        changedByOperator = true;
    }

    private void crash() {
        loads++;
        lines = new KeyLines();
        turns = ordered ? new KeyTurns(tables, lines, KeyOrder.SKIP_DEAD) : Turns.NO_MATTER;
        backlog = new Backlog(tables.contents(), ordered ? cursors -> Lanes.single(cursors, lines) : Lanes::byPriority);
        turns.loaded(tables.contents().keyed());
        inHand.clear();
        inHandNow.clear();
        keysInHand.clear();
        answeredInThisLife.clear();
        unsettled.clear();
        suspects.clear();
        tables.rows(DeliveryState.RUNNING).forEach(row -> suspects.add(row.messageId()));
        changedByOperator = false;
    }

    private void drain() throws SQLException {
        boolean busy = true;
        while (busy || backlog.hasOutcomes() || turns.hasUnseenHeld()) {
            read(1000);
            busy = handOut() | startRetries() | !inHand.isEmpty() | !suspects.isEmpty();
            while (!inHand.isEmpty()) {
                answer(inHand.get(0), 3);
            }
            settleForSure();
            busy |= !tables.rows(DeliveryState.DUE).isEmpty()
                    || !tables.rows(DeliveryState.SCHEDULED).isEmpty();
            busy |= backlog.hasWaiting() || turns.hasToLook();
            busy |= backlog.lanes().all().stream().anyMatch(lane -> lane.position() < tables.newest());
        }
        settleForSure();
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
