package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Settlement;
import io.nsqite.store.Settlement.CursorMove;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BacklogTests {

    private static final int PRIORITY = Message.DEFAULT_PRIORITY;

    private final ChannelModel tables = new ChannelModel();
    private final Backlog backlog = new Backlog(tables.contents(), Lanes::byPriority);

    private List<Entry> handOutAll(int messages) {
        for (int i = 0; i < messages; i++) {
            tables.publish(true);
        }
        readAll();
        List<Entry> entries = new ArrayList<>();
        for (Entry entry = backlog.nextWaiting(); entry != null; entry = backlog.nextWaiting()) {
            entry.take();
            entries.add(entry);
        }
        return entries;
    }

    private void readAll() {
        Lane lane = backlog.lanes().of(PRIORITY);
        backlog.add(lane, tables.read(lane.position(), tables.newest()), tables.newest());
    }

    private void succeed(Entry entry) {
        tables.handled(entry.id());
        backlog.answered(Outcome.done(entry));
    }

    private void fail(Entry entry) {
        backlog.answered(Outcome.goesOn(
                entry,
                new DeliveryRow(
                        entry.id(), PRIORITY, DeliveryState.DUE, 5L, 1, null, new Failure("no mail today", "", 1))));
    }

    private Settlement settle() {
        Backlog.Batch batch = backlog.collect();
        assertThat(tables.settle(batch.settlement())).isTrue();
        backlog.settled(batch);
        return batch.settlement();
    }

    @Test
    void whatIsHandledInOrderMovesTheCursorAndLeavesNoRow() {
        handOutAll(3).forEach(this::succeed);

        Settlement settlement = settle();

        assertThat(settlement.moves()).containsExactly(new CursorMove(PRIORITY, 0, 3));
        assertThat(settlement.done()).isEmpty();
        assertThat(settlement.rows()).isEmpty();
        assertThat(backlog.unsettled()).isZero();
    }

    @Test
    void whatIsHandledOutOfOrderLeavesARowUntilTheCursorPasses() {
        List<Entry> entries = handOutAll(3);
        succeed(entries.get(1));
        assertThat(settle().done()).containsExactly(2L);

        succeed(entries.get(0));

        Settlement settlement = settle();
        assertThat(settlement.moves()).containsExactly(new CursorMove(PRIORITY, 0, 2));
        assertThat(settlement.passed()).containsExactly(2L);
        assertThat(settlement.done()).isEmpty();
    }

    @Test
    void theCursorPassesAFailedMessageInTheCommitThatWritesItsRow() {
        List<Entry> entries = handOutAll(2);
        fail(entries.get(0));
        succeed(entries.get(1));

        Settlement settlement = settle();

        assertThat(settlement.moves()).containsExactly(new CursorMove(PRIORITY, 0, 2));
        assertThat(settlement.rows()).extracting(DeliveryRow::messageId).containsExactly(1L);
    }

    @Test
    void aRetryThatSucceedsTakesItsRowAlong() {
        fail(handOutAll(1).get(0));
        DeliveryRow started = settle().rows().get(0).started();
        tables.put(started);

        succeed(backlog.started(started));

        assertThat(settle().settledRows()).containsExactly(1L);
        assertThat(tables.deliveryRows()).isEmpty();
    }

    @Test
    void theCursorMovesOverMessagesOfOtherTopics() {
        for (int i = 0; i < 5; i++) {
            tables.publish(false);
        }
        readAll();

        assertThat(backlog.isWorthMoving(4)).isTrue();
        assertThat(settle().moves()).containsExactly(new CursorMove(PRIORITY, 0, 5));
        assertThat(backlog.isWorthMoving(4)).isFalse();
    }

    @Test
    void aHungMessageGetsARowOnceAThousandAreDoneBehindIt() {
        List<Entry> entries = handOutAll(1100);
        Entry hung = entries.get(0);
        entries.subList(1, entries.size()).forEach(this::succeed);
        assertThat(settle().moves()).isEmpty();
        assertThat(tables.doneRows()).hasSize(1099);

        assertThat(settle().rows()).singleElement().satisfies(row -> {
            assertThat(row.messageId()).isEqualTo(hung.id());
            assertThat(row.state()).isEqualTo(DeliveryState.RUNNING);
            assertThat(row.attempts()).isEqualTo(1);
        });
        settle();

        assertThat(tables.cursor()).isEqualTo(1100);
        assertThat(tables.doneRows()).isEmpty();
        succeed(hung);
        assertThat(settle().settledRows()).containsExactly(hung.id());
        tables.checkDrained();
    }

    @Test
    void aHungMessageThatIsAnsweredWhileItsRowIsWrittenLeavesNoRow() {
        List<Entry> entries = handOutAll(1100);
        entries.subList(1, entries.size()).forEach(this::succeed);
        settle();
        Backlog.Batch batch = backlog.collect();
        assertThat(batch.settlement().rows()).hasSize(1);
        succeed(entries.get(0));
        tables.settle(batch.settlement());
        backlog.settled(batch);

        settle();

        tables.checkDrained();
    }

    @Test
    void doneRowsThatReadingPassesAreWorthWriting() {
        List<Entry> entries = handOutAll(2);
        succeed(entries.get(1));
        settle();
        Backlog next = new Backlog(tables.contents(), Lanes::byPriority);
        assertThat(next.isWorthMoving(100)).isFalse();
        next.add(next.lanes().of(PRIORITY), tables.read(0, 2), 2);
        assertThat(next.isWorthMoving(100)).isTrue();
        next.collect();
        assertThat(next.isWorthMoving(100)).isFalse();
    }

    @Test
    void aCommitThatFailedIsRepeatedWithTheSameContent() {
        List<Entry> entries = handOutAll(2);
        succeed(entries.get(0));
        Backlog.Batch first = backlog.collect();

        succeed(entries.get(1));

        assertThat(backlog.collect()).isSameAs(first);
        assertThat(backlog.hasOutcomes()).isTrue();
    }

    @Test
    void afterARewindWhatIsInHandIsNotHandedOutAgainAndWhatWasDoneIs() {
        List<Entry> entries = handOutAll(3);
        succeed(entries.get(0));
        settle();

        tables.rewind(0);
        backlog.reload(tables.contents());
        readAll();

        Entry again = Objects.requireNonNull(backlog.nextWaiting());
        assertThat(again.id()).isEqualTo(1);
        assertThat(backlog.hasWaiting()).isFalse();
        again.take();
        succeed(again);
        succeed(entries.get(1));
        succeed(entries.get(2));
        settle();
        tables.checkDrained();
    }

    @Test
    void whatATransactionSettledAfterTheChannelWasLoadedIsNotHandedOutAgain() {
        Entry entry = handOutAll(1).get(0);
        backlog.collect();
        ChannelContents loaded = tables.contents();
        backlog.acknowledged(entry, true);

        backlog.reload(loaded);
        readAll();

        assertThat(backlog.hasWaiting()).isFalse();
        assertThat(backlog.collect().settlement().passed()).containsExactly(1L);
    }
}
