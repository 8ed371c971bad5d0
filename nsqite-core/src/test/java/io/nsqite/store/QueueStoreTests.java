package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Index;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settling, and the log, as any store does it. */
abstract class QueueStoreTests extends OperatorStoreTests {

    // ---- settling ----

    @Test
    void settlingMovesTheCursorAndKeepsRowsForWhatIsAboveIt() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 4; i++) {
            append("topic");
        }
        assertThat(settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, 1)), List.of(3L, 4L), List.of())))
                .isEqualTo(Fence.OURS);
        assertThat(load(claim).done()).extracting(Mark::messageId).containsExactly(3L, 4L);

        Settlement pass = new Settlement(
                List.of(new CursorMove(PRIORITY, 1, 4)), List.of(), List.of(3L, 4L), List.of(), List.of());
        assertThat(settle(claim, pass)).isEqualTo(Fence.OURS);
        assertThat(cursor(claim)).isEqualTo(4);
        assertThat(load(claim).done()).isEmpty();
    }

    @Test
    void aMoveFromElsewhereWritesNothingAndAsksForAReload() throws Exception {
        long message = append("topic");
        Claim claim = takeNew("topic", Start.DEFAULT);
        Settlement wrong = settlement(
                List.of(new CursorMove(3, 0, 1), new CursorMove(PRIORITY, 7, 8)),
                List.of(message),
                List.of(due(message, 1)));
        assertThat(settle(claim, wrong)).isEqualTo(Fence.CHANGED);
        assertThat(load(claim).cursors()).containsOnly(0);
        assertThat(load(claim).done()).isEmpty();
        assertThat(load(claim).passedByRow()).isEmpty();
    }

    @Test
    void aTransactionMovesACursorOnlyUnderAValidClaimAndFromWhereItStands() throws Exception {
        appendMany(4);
        Claim claim = take(create("topic", "channel", Start.EARLIEST)).claim();
        CursorMove move = new CursorMove(PRIORITY, 0, 3);
        AcknowledgementStore acknowledgements = store.acknowledgements();
        Claim voidClaim = new Claim(claim.channelId(), 1, "topic", "channel", claim.ownerId(), claim.epoch() - 1, 0);
        assertThat(acknowledgements.move(transaction, voidClaim, move)).isFalse();
        assertThat(acknowledgements.move(transaction, claim.withChanges(claim.changes() + 1), move))
                .isFalse();
        assertThat(acknowledgements.move(transaction, claim, new CursorMove(PRIORITY, 1, 3)))
                .isFalse();
        assertThat(acknowledgements.isCommitted(transaction, claim, move)).isFalse();
        assertThat(load(claim).cursors()).containsOnly(0);

        assertThat(acknowledgements.move(transaction, claim, move)).isTrue();
        assertThat(acknowledgements.isCommitted(transaction, claim, move)).isTrue();
        assertThat(store.channels().cursors(transaction, claim))
                .hasValueSatisfying(
                        cursors -> assertThat(cursors).containsOnly(0, 3).contains(3, Index.atIndex(PRIORITY)));
        assertThat(store.channels().cursors(transaction, voidClaim)).isEmpty();
    }

    @Test
    void aDoneRowThatIsThereAlreadyDoesNotHurt() throws Exception {
        for (int i = 0; i < 3; i++) {
            append("topic");
        }
        Claim claim = take(create("topic", "channel", Start.EARLIEST)).claim();
        Settlement done = settlement(List.of(), List.of(3L), List.of());
        assertThat(settle(claim, done)).isEqualTo(Fence.OURS);
        assertThat(settle(claim, done)).isEqualTo(Fence.OURS);
        assertThat(load(claim).done()).extracting(Mark::messageId).containsExactly(3L);
    }

    @Test
    void deliveriesOfAPriorityComeWhenTheyAreDueEarliestFirst() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(4);
        settle(claim, settlement(List.of(), List.of(), List.of(due(1, 30), due(2, 10), due(3, 20), due(4, 40))));

        assertThat(store.channels().due(transaction, claim, at(30), 10))
                .containsExactly(due(2, 10), due(3, 20), due(1, 30));
        assertThat(store.channels().due(transaction, claim, at(30), 2)).containsExactly(due(2, 10), due(3, 20));
        assertThat(store.channels().due(transaction, claim, at(9), 10)).isEmpty();
        assertThat(store.channels().nextDue(transaction, claim, at(0))).isEqualTo(Optional.of(10L));
        assertThat(load(claim).passedByRow()).extracting(Mark::messageId).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    private static DeliveryRow due(long id, int priority, long at) {
        return new DeliveryRow(id, priority, DeliveryState.DUE, at, 1, null, null);
    }

    @Test
    void whatIsDueComesByPriorityThenByTimeThenByIdAndForOrderedChannelsByTimeAndId() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(9);
        List<DeliveryRow> byPriority =
                List.of(due(9, 9, 30), due(3, 4, 10), due(5, 4, 10), due(1, 4, 20), due(2, 0, 10), due(4, 0, 15));
        List<DeliveryRow> byTime = List.of(
                byPriority.get(4),
                byPriority.get(1),
                byPriority.get(2),
                byPriority.get(5),
                byPriority.get(3),
                byPriority.get(0));
        List<DeliveryRow> stored = new ArrayList<>(byTime);
        Collections.reverse(stored);
        stored.add(due(6, 9, 31));
        settle(claim, settlement(List.of(), List.of(), stored));

        for (int limit = 1; limit <= byTime.size(); limit++) {
            assertThat(store.channels().due(transaction, claim, at(30), limit)).isEqualTo(byPriority.subList(0, limit));
            assertThat(store.channels().dueByTime(transaction, claim, at(30), limit))
                    .isEqualTo(byTime.subList(0, limit));
        }
        assertThat(store.channels().due(transaction, claim, at(30), 10)).isEqualTo(byPriority);
        assertThat(store.channels().dueByTime(transaction, claim, at(30), 10)).isEqualTo(byTime);
        assertThat(store.channels().nextDue(transaction, claim, at(0))).contains(10L);
        assertThat(store.channels().nextDue(transaction, claim, at(20))).contains(30L);
        assertThat(store.channels().nextDue(transaction, claim, at(30))).contains(31L);
        assertThat(store.channels().nextDue(transaction, claim, at(31))).isEmpty();
    }

    @Test
    void aDeliveryThatRunsOrIsDeadIsNotDue() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(2);
        DeliveryRow running = due(1, 10).started();
        settle(
                claim,
                settlement(List.of(), List.of(), List.of(running, due(2, 10).dead(FAILURE))));

        assertThat(store.channels().due(transaction, claim, at(100), 10)).isEmpty();
        assertThat(store.channels().nextDue(transaction, claim, at(0))).isEmpty();
        assertThat(load(claim).running()).containsExactly(running);
    }

    @Test
    void attemptsAreTakenBackOnlyIfTheyWereRecordedAndAreThere() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(4);
        DeliveryRow unwritten = due(2, 20);
        DeliveryRow held = due(3, 30).held();
        settle(claim, settlement(List.of(), List.of(), List.of(due(1, 10).started(), unwritten, held)));

        assertThat(store.channels()
                        .takeBack(transaction, claim, List.of(due(1, 10), due(2, 99), due(3, 35), due(4, 40))))
                .isEqualTo(Fence.OURS);

        assertThat(store.channels().due(transaction, claim, at(100), 10))
                .containsExactly(due(1, 10), unwritten, due(3, 35));
        store.channels().release(transaction, claim, 0);
        assertThat(store.channels().takeBack(transaction, claim, List.of(due(1, 10))))
                .isEqualTo(Fence.LOST);
    }

    @Test
    void aSettledDeliveryLosesItsRow() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(1);
        settle(claim, settlement(List.of(), List.of(), List.of(due(1, 10))));
        settle(claim, new Settlement(List.of(), List.of(), List.of(), List.of(), List.of(1L)));
        assertThat(load(claim).passedByRow()).isEmpty();
        assertThat(store.channels().nextDue(transaction, claim, at(0))).isEmpty();
    }

    @Test
    void onlyRowsAboveTheCursorOfTheirPriorityCountAsAbove() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(5);
        DeliveryRow high = new DeliveryRow(3, 9, DeliveryState.DUE, 1L, 1, null, null);
        settle(
                claim,
                settlement(List.of(new CursorMove(PRIORITY, 0, 4)), List.of(), List.of(due(4, 1), due(5, 1), high)));
        assertThat(load(claim).passedByRow()).extracting(Mark::messageId).containsExactlyInAnyOrder(5L, 3L);
    }

    @Test
    void channelsDoNotSeeEachOthersRows() throws Exception {
        Claim a = take(create("topic", "a", Start.DEFAULT)).claim();
        Claim b = take(create("topic", "b", Start.DEFAULT)).claim();
        settle(a, settlement(List.of(new CursorMove(PRIORITY, 0, 1)), List.of(2L), List.of(due(3, 1))));
        assertThat(cursor(b)).isZero();
        assertThat(load(b).done()).isEmpty();
        assertThat(store.channels().due(transaction, b, at(100), 10)).isEmpty();
    }

    @Test
    void cursorsBeyondTheEndOfTheLogGoBackToIt() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, 50)), List.of(), List.of()));
        assertThat(store.channels().moveBackCursors(transaction, 20)).isEqualTo(1);
        assertThat(cursor(claim)).isEqualTo(20);
        assertThat(store.channels().moveBackCursors(transaction, 20)).isZero();
    }

    // ---- the log ----

    @Test
    void aStretchHoldsOneTopicAndPriorityInOrderUpToItsEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            append("topic");
            append("other");
            append("topic", 9);
        }
        long topicId = store.topics().find(transaction, "topic").orElseThrow();
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 0, 100, 0, 10, 1000)))
                .containsExactly(1L, 4L, 7L);
        assertThat(ids(new Stretch("topic", topicId, 9, 0, 100, 0, 10, 1000))).containsExactly(3L, 6L, 9L);
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 1, 6, 0, 10, 1000)))
                .containsExactly(4L);
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 0, 100, 0, 2, 1000)))
                .containsExactly(1L, 4L);
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 0, 100, 0, 10, 1)))
                .containsExactly(1L);
        assertThat(store.messages().newestId(transaction)).isEqualTo(9);
    }

    private List<Long> ids(Stretch stretch) throws SQLException {
        return store.messages().read(transaction, stretch).stream()
                .map(logged -> logged.message().id())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "\"quoted\" and \\ and / and '",
                "ä ß 日本語 \u2028",
                "smile \uD83D\uDE00 \uD83D\uDC68\u200D\uD83D\uDC69",
                "lone \uD83D surrogate \uDE00",
                "\u0000\u0001\b\t\n\f\r\u001f\u007f",
                "{\"a\":\"b\"}",
                "\\u0041 %s %n"
            })
    void headersAndKeysComeBackAsTheyWere(String text) throws Exception {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("first", text);
        headers.put("name " + text, "second");
        long topicId = store.topics().findOrCreate(transaction, "topic");
        long id = store.messages()
                .append(transaction, new NewRow(topicId, PRIORITY, 1234, "key \uD83D\uDE00 '\"", headers, new byte[0]));

        Message message = store.messages().find(transaction, "topic", id).orElseThrow();

        assertThat(message.headers()).containsExactlyInAnyOrderEntriesOf(headers);
        assertThat(message.key()).isEqualTo("key \uD83D\uDE00 '\"");
        assertThat(message.payload()).isEmpty();
        assertThat(message.publishedAt().toEpochMilli()).isEqualTo(1234);
    }

    @Test
    void aDeduplicationKeyIsKeptOncePerTopic() throws Exception {
        Appended first = appendOnce("topic", "once");
        Appended second = appendOnce("topic", "once");
        Appended elsewhere = appendOnce("other", "once");
        Appended next = appendOnce("topic", "twice");

        assertThat(first).isEqualTo(new Appended(1, true));
        assertThat(second).isEqualTo(new Appended(1, false));
        assertThat(elsewhere).isEqualTo(new Appended(2, true));
        assertThat(next).isEqualTo(new Appended(3, true));
        assertThat(store.messages().newestId(transaction)).isEqualTo(3);
    }

    @Test
    void messagesWithoutADeduplicationKeyAreNoDuplicates() throws Exception {
        assertThat(appendOnce("topic", null)).isEqualTo(new Appended(1, true));
        assertThat(appendOnce("topic", null)).isEqualTo(new Appended(2, true));
    }

    @Test
    void appendingAKeyAgainReturnsTheFirstId() throws Exception {
        NewRow row = row("topic", "once");
        assertThat(store.messages().append(transaction, row)).isEqualTo(1);
        assertThat(store.messages().append(transaction, row)).isEqualTo(1);
    }

    private Appended appendOnce(String topic, @Nullable String deduplicationKey) throws SQLException {
        return store.messages().appendOnce(transaction, row(topic, deduplicationKey));
    }

    private NewRow row(String topic, @Nullable String deduplicationKey) throws SQLException {
        long topicId = store.topics().findOrCreate(transaction, topic);
        return new NewRow(topicId, PRIORITY, 5, null, Map.of(), new byte[] {1}, null, deduplicationKey);
    }

    @Test
    void aMessageThatIsNotKeptIsNotFound() throws Exception {
        assertThat(store.messages().find(transaction, "topic", 1)).isEmpty();
        assertThat(store.topics().find(transaction, "topic")).isEmpty();
    }

    @Test
    void statusAndDeadLettersShowWhatIsLeft() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 5; i++) {
            append("topic");
            append("topic", 9);
        }
        settle(
                claim,
                settlement(
                        List.of(new CursorMove(PRIORITY, 0, 2)),
                        List.of(3L),
                        List.of(due(5, 1), due(7, 1).dead(FAILURE))));
        assertThat(store.status().channel(transaction, "topic", "channel", ALL).orElseThrow())
                .satisfies(line -> {
                    assertThat(line.waiting()).as("9 and five of priority 9").isEqualTo(6);
                    assertThat(line.retrying()).isEqualTo(1);
                    assertThat(line.dead()).isEqualTo(1);
                    assertThat(line.ownerId()).isEqualTo(owner);
                });
        assertThat(store.status()
                        .dead(transaction, StatusStore.DeadFilter.of(null, null), StatusStore.DeadPage.first(10)))
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.message().id()).isEqualTo(7);
                    assertThat(dead.failure()).isEqualTo(FAILURE);
                    assertThat(dead.attempts()).isEqualTo(2);
                });
        assertThat(store.status()
                        .dead(
                                transaction,
                                StatusStore.DeadFilter.of("topic", "channel"),
                                new StatusStore.DeadPage(7, "channel", 10)))
                .isEmpty();
        assertThat(store.status().topics(transaction))
                .singleElement()
                .satisfies(line -> assertThat(line.messages()).isEqualTo(10));
    }
}
