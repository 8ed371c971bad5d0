package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.model.Seeds;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
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
 * Several handlers take batches and acknowledge them in transactions: by the cursor's own move where they can, while everything else
 * goes on between planning, commit and report. Each message takes effect once, unless an operator moves the cursor back.
 */
@Timeout(60)
class HeadMoveModelTests {

    private static final Claim CLAIM = new Claim(1, 1, "topic", "channel", 1, 1, 0);
    private static final int HANDLERS = 3;

    private final Set<Long> inEffect = new HashSet<>();
    private final List<Batch> handling = new ArrayList<>();
    private final Map<Long, Boolean> doneRows = new HashMap<>();
    private ChannelModel tables;
    private Backlog backlog;
    private Random random;
    private long known;
    private int moves;

    private static final class Batch {
        private final List<Entry> entries;
        private @Nullable HeadMove move;
        private Stage stage = Stage.HANDLING;

        private enum Stage {
            HANDLING,
            PLANNED,
            COMMITTED,
            ROLLED_BACK
        }

        private Batch(List<Entry> entries) {
            this.entries = entries;
        }
    }

    @Test
    void eachMessageTakesEffectOnce() {
        Seeds.once(first -> LongStream.concat(LongStream.of(first), new Random(first).longs(100))
                .forEach(seed -> Seeds.run(seed, this::runSeed)));
        assertThat(moves).as("moves that were committed").isPositive();
    }

    private void runSeed(long seed) {
        random = new Random(seed);
        tables = new ChannelModel();
        inEffect.clear();
        start();
        for (int step = random.nextInt(400); step >= 0; step--) {
            step();
        }
        while (!handling.isEmpty() || backlog.hasOutcomes() || !allRead()) {
            read(1000);
            handOut();
            goOn();
            write();
        }
        write();
        write();
        tables.checkDrained();
        assertThat(backlog.unsettled()).isZero();
    }

    private boolean allRead() {
        return !backlog.hasWaiting()
                && backlog.lanes().all().stream().allMatch(lane -> lane.position() == tables.newest());
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1 -> publish();
            case 2, 3 -> read(1 + random.nextInt(20));
            case 4, 5 -> handOut();
            case 6, 7, 8, 9 -> goOn();
            case 10 -> write();
            default -> rarely();
        }
    }

    private void rarely() {
        switch (random.nextInt(6)) {
            case 0 -> start();
            case 1 -> rewind();
            default -> reloadLate();
        }
    }

    private void publish() {
        for (int i = random.nextInt(10); i >= 0; i--) {
            if (random.nextInt(4) == 0) {
                tables.publishElsewhere();
            } else {
                tables.publish(random.nextInt(4) > 0 ? Message.DEFAULT_PRIORITY : 9, null, 0);
            }
        }
    }

    private void read(long ids) {
        for (Lane lane : backlog.lanes().all()) {
            long upTo = Math.min(lane.position() + ids, tables.newest());
            if (upTo > lane.position()) {
                backlog.add(lane, tables.read(lane.reads(), lane.position(), upTo), upTo);
            }
        }
    }

    private void handOut() {
        List<Entry> entries = new ArrayList<>();
        Entry entry = handling.size() < HANDLERS ? backlog.nextWaiting() : null;
        for (int size = 1 + random.nextInt(4); entry != null; size--) {
            assertThat(inEffect).as("handed out again").doesNotContain(entry.id());
            entry.take();
            entries.add(entry);
            entry = size > 1 ? backlog.nextWaiting() : null;
        }
        if (!entries.isEmpty()) {
            handling.add(new Batch(entries));
        }
    }

    private void goOn() {
        if (!handling.isEmpty()) {
            goOn(handling.get(random.nextInt(handling.size())));
        }
    }

    private void goOn(Batch batch) {
        switch (batch.stage) {
            case HANDLING -> handled(batch);
            case PLANNED -> commit(batch);
            case COMMITTED, ROLLED_BACK -> report(batch);
        }
    }

    private void handled(Batch batch) {
        if (random.nextInt(8) == 0) {
            batch.stage = Batch.Stage.ROLLED_BACK;
            return;
        }
        batch.move = backlog.beginMove(CLAIM.withChanges(known), batch.entries);
        batch.stage = Batch.Stage.PLANNED;
    }

    private void commit(Batch batch) {
        if (random.nextInt(8) == 0) {
            batch.stage = Batch.Stage.ROLLED_BACK;
            return;
        }
        if (batch.move != null && tables.move(batch.move)) {
            moves++;
        } else {
            forget(batch);
            batch.entries.forEach(entry -> doneRows.put(entry.id(), tables.acknowledge(entry.id())));
        }
        batch.entries.forEach(entry -> assertThat(inEffect.add(entry.id()))
                .as("message %d takes effect once", entry.id())
                .isTrue());
        batch.stage = Batch.Stage.COMMITTED;
    }

    private void forget(Batch batch) {
        if (batch.move != null) {
            backlog.headMoves().rolledBack(batch.move);
            batch.move = null;
        }
    }

    private void report(Batch batch) {
        handling.remove(batch);
        if (batch.stage == Batch.Stage.ROLLED_BACK) {
            forget(batch);
            batch.entries.forEach(this::failed);
        } else if (batch.move != null) {
            backlog.acknowledged(batch.move);
        } else {
            batch.entries.forEach(entry -> backlog.acknowledged(entry, doneRows.get(entry.id())));
        }
    }

    private void failed(Entry entry) {
        tables.handled(entry.id());
        backlog.answered(Outcome.goesOn(
                entry, new DeliveryRow(entry.id(), entry.priority(), DeliveryState.DEAD, null, 1, null, null)));
    }

    private void write() {
        Backlog.Batch batch = collect();
        if (random.nextInt(10) == 0) {
            return; // the commit failed
        }
        if (known != tables.changes() || !tables.settle(batch.settlement())) {
            reload(tables.contents());
        } else {
            backlog.settled(batch);
        }
    }

    private Backlog.Batch collect() {
        if (known == tables.changes()) {
            backlog.headMoves().found(tables.cursors());
        }
        return backlog.collect();
    }

    /** Between loading and taking it over, transactions are committed and reported. */
    private void reloadLate() {
        collect();
        ChannelContents contents = tables.contents();
        while (random.nextInt(3) > 0 && !handling.isEmpty()) {
            goOn();
        }
        reload(contents);
    }

    private void reload(ChannelContents contents) {
        known = contents.changes();
        backlog.reload(contents);
    }

    /** By an operator, who waits until nobody has anything in hand, so that it is known what comes again. */
    private void rewind() {
        while (random.nextBoolean() && !handling.isEmpty()) {
            goOn();
        }
        long to = random.nextLong(tables.newest() + 1);
        tables.rewind(to);
        inEffect.removeIf(id -> id > to);
    }

    private void start() {
        handling.clear();
        known = tables.changes();
        backlog = new Backlog(tables.contents(), Lanes::byPriority);
    }
}
