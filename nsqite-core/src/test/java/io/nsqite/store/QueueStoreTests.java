package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Release;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.DeliveryRow.Failure;
import io.nsqite.store.OwnerStore.Owner;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a store behaves, whatever the database. */
@Timeout(20)
abstract class QueueStoreTests {

    private static final int PRIORITY = Message.DEFAULT_PRIORITY;
    private static final int IN_HAND = 10;
    private static final Failure FAILURE = new Failure("error", "stack", 7);

    QueueStore store;
    Connection transaction;
    private long owner;

    abstract QueueStore store();

    /** With auto-commit off, to an empty database that has the tables. */
    abstract Connection open() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        store = store();
        transaction = open();
        owner = store.owners().register(transaction, 1, "test", "side-file");
    }

    long append(String topic) throws SQLException {
        return append(topic, PRIORITY);
    }

    long append(String topic, int priority) throws SQLException {
        long topicId = store.topics().findOrCreate(transaction, topic);
        return store.messages()
                .append(transaction, new NewRow(topicId, priority, 5, null, Map.of(), new byte[] {1}));
    }

    private long create(String topic, String channel, Start start) throws SQLException {
        return store.channels()
                .create(transaction, List.of(new NewChannel(topic, channel, start)))
                .get(0);
    }

    private Claim takeNew(String topic, Start start) throws SQLException {
        return take(create(topic, "channel", start)).claim();
    }

    private Taken take(long channelId) throws SQLException {
        return store.channels().take(transaction, channelId, owner, IN_HAND).orElseThrow();
    }

    private ChannelContents load(Claim claim) throws SQLException {
        return store.channels().load(transaction, claim);
    }

    private long cursor(Claim claim) throws SQLException {
        return load(claim).cursors()[PRIORITY];
    }

    private static Settlement settlement(List<CursorMove> moves, List<Long> done, List<DeliveryRow> rows) {
        return new Settlement(moves, done, List.of(), rows, List.of());
    }

    private Fence settle(Claim claim, Settlement settlement) throws SQLException {
        return store.channels().settle(transaction, claim, settlement);
    }

    private static DeliveryRow due(long id, long at) {
        return new DeliveryRow(id, PRIORITY, DeliveryState.DUE, at, 2, "key", FAILURE);
    }

    // ---- creating channels ----

    @Test
    void theFirstChannelsOfATopicStartTogetherAtItsBeginningAndLaterOnesAtItsEnd() throws Exception {
        append("topic");
        List<Long> first = store.channels()
                .create(
                        transaction,
                        List.of(
                                new NewChannel("topic", "a", Start.DEFAULT),
                                new NewChannel("topic", "b", Start.DEFAULT)));
        long later = create("topic", "c", Start.DEFAULT);

        assertThat(cursor(take(first.get(0)).claim())).isZero();
        assertThat(cursor(take(first.get(1)).claim())).isZero();
        assertThat(cursor(take(later).claim())).isEqualTo(1);
    }

    @Test
    void earliestAndLatestDoWhatTheySay() throws Exception {
        long newest = append("topic");
        assertThat(cursor(take(create("topic", "latest", Start.LATEST)).claim())).isEqualTo(newest);
        assertThat(cursor(take(create("topic", "default", Start.DEFAULT)).claim()))
                .as("LATEST was the first channel")
                .isEqualTo(newest);
        assertThat(cursor(take(create("topic", "earliest", Start.EARLIEST)).claim()))
                .isZero();
    }

    @Test
    void aChannelThatExistsIsLeftAsItIs() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        append("topic");
        assertThat(create("topic", "channel", Start.LATEST)).isEqualTo(id);
        assertThat(cursor(take(id).claim())).isZero();
        assertThat(create("other", "channel", Start.DEFAULT)).isNotEqualTo(id);
    }

    @Test
    void aNewChannelHasACursorForEveryPriority() throws Exception {
        append("topic");
        assertThat(load(takeNew("topic", Start.LATEST)).cursors()).hasSize(10).containsOnly(1);
    }

    // ---- ownership ----

    @Test
    void aChannelHasOneOwnerAtATime() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        assertThat(store.channels().isFree(transaction, "topic", "channel")).isTrue();
        Claim claim = take(id).claim();

        assertThat(store.channels().isFree(transaction, "topic", "channel")).isFalse();
        assertThat(store.channels().take(transaction, id, owner, IN_HAND)).isEmpty();
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.OURS);
        assertThat(claim.topic()).isEqualTo("topic");
        assertThat(claim.channel()).isEqualTo("channel");
        assertThat(store.channels().take(transaction, 999, owner, IN_HAND)).isEmpty();
        assertThat(store.channels().isFree(transaction, "no", "such")).isTrue();
    }

    @Test
    void takingRaisesTheEpochSoThatAnEarlierClaimIsVoid() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        Claim first = take(id).claim();
        store.channels().release(transaction, first, Release.SETTLED);
        assertThat(store.channels().fence(transaction, first)).isEqualTo(Fence.LOST);
        Claim second = take(id).claim();

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(store.channels().fence(transaction, first)).isEqualTo(Fence.LOST);
        store.channels().release(transaction, first, Release.SETTLED);
        assertThat(store.channels().fence(transaction, second)).isEqualTo(Fence.OURS);
    }

    @Test
    void underAVoidClaimNothingIsWritten() throws Exception {
        long message = append("topic");
        long id = create("topic", "channel", Start.DEFAULT);
        Claim first = take(id).claim();
        store.channels().release(transaction, first, Release.SETTLED);
        Claim second = take(id).claim();

        Settlement everything = new Settlement(
                List.of(new CursorMove(PRIORITY, 0, message)),
                List.of(message),
                List.of(),
                List.of(due(message, 1)),
                List.of());
        assertThat(settle(first, everything)).isEqualTo(Fence.LOST);
        assertThat(store.channels().clean(transaction, first)).isEqualTo(Fence.LOST);

        ChannelContents contents = load(second);
        assertThat(contents.cursors()).containsOnly(0);
        assertThat(contents.done()).isEmpty();
        assertThat(contents.passedByRow()).isEmpty();
    }

    @Test
    void anOwnerNoticesItsChannels() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        assertThat(store.channels().notices(transaction, owner))
                .singleElement()
                .satisfies(notice -> assertThat(notice)
                        .isEqualTo(new ChannelStore.Notice(claim.channelId(), claim.epoch(), claim.changes())));
        assertThat(store.channels().notices(transaction, owner + 1)).isEmpty();
    }

    // ---- unclean ends ----

    @Test
    void afterAnEndInOrderNothingIsSuspect() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        store.channels().release(transaction, take(id).claim(), Release.SETTLED);
        Taken next = take(id);
        assertThat(next.unclean()).isFalse();
        assertThat(next.inHand()).isZero();
    }

    @Test
    void afterAnEndWithAHandlerRunningAsMuchIsSuspectAsCanHaveBeenInHand() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        store.channels().release(transaction, take(id).claim(), Release.UNSETTLED);
        Taken next = take(id);
        assertThat(next.unclean()).isTrue();
        assertThat(next.inHand()).isEqualTo(IN_HAND);
    }

    @Test
    void suspicionOutlastsAnOrderlyEndUntilEverythingIsSettled() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        store.channels().release(transaction, take(id).claim(), Release.UNSETTLED);
        Claim second =
                store.channels().take(transaction, id, owner, 3).orElseThrow().claim();
        store.channels().release(transaction, second, Release.SETTLED);
        Taken third = take(id);
        assertThat(third.unclean()).isTrue();
        assertThat(third.inHand()).as("the greatest of all").isEqualTo(IN_HAND);

        assertThat(store.channels().clean(transaction, third.claim())).isEqualTo(Fence.OURS);
        store.channels().release(transaction, third.claim(), Release.SETTLED);
        assertThat(take(id).unclean()).isFalse();
    }

    @Test
    void aBuriedOwnersChannelsAreFreeAndSuspect() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long other = store.owners().register(transaction, 2, "test", "side-file");
        assertThat(other).isGreaterThan(owner);
        assertThat(store.owners().all(transaction)).contains(new Owner(owner, "side-file"));

        assertThat(store.owners().bury(transaction, owner)).isEqualTo(1);

        assertThat(store.owners().exists(transaction, owner)).isFalse();
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.LOST);
        Taken taken = store.channels()
                .take(transaction, claim.channelId(), other, IN_HAND)
                .orElseThrow();
        assertThat(taken.unclean()).isTrue();
    }

    @Test
    void anOwnerThatSignsOffLeavesNoChannelBehind() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        store.owners().remove(transaction, owner);
        assertThat(store.channels().isFree(transaction, "topic", "channel")).isTrue();
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.LOST);
    }

    @Test
    void idsOfOwnersAreNeverGivenAgain() throws Exception {
        store.owners().remove(transaction, owner);
        assertThat(store.owners().register(transaction, 3, "test", "side-file")).isGreaterThan(owner);
    }

    // ---- settling ----

    @Test
    void settlingMovesTheCursorAndKeepsRowsForWhatIsAboveIt() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 4; i++) {
            append("topic");
        }
        assertThat(settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, 1)), List.of(3L, 4L), List.of())))
                .isEqualTo(Fence.OURS);
        assertThat(load(claim).done()).containsExactly(3L, 4L);

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
    void aDoneRowThatIsThereAlreadyDoesNotHurt() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        Settlement done = settlement(List.of(), List.of(3L), List.of());
        assertThat(settle(claim, done)).isEqualTo(Fence.OURS);
        assertThat(settle(claim, done)).isEqualTo(Fence.OURS);
        assertThat(load(claim).done()).containsExactly(3L);
    }

    @Test
    void deliveriesComeWhenTheyAreDueEarliestFirst() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        settle(claim, settlement(List.of(), List.of(), List.of(due(1, 30), due(2, 10), due(3, 20), due(4, 40))));

        assertThat(store.channels().due(transaction, claim, 30, 10))
                .containsExactly(due(2, 10), due(3, 20), due(1, 30));
        assertThat(store.channels().due(transaction, claim, 30, 2)).containsExactly(due(2, 10), due(3, 20));
        assertThat(store.channels().due(transaction, claim, 9, 10)).isEmpty();
        assertThat(store.channels().nextDue(transaction, claim)).isEqualTo(Optional.of(10L));
        assertThat(load(claim).passedByRow()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
    }

    @Test
    void aDeliveryThatRunsOrIsDeadIsNotDue() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        DeliveryRow running = due(1, 10).started();
        settle(claim, settlement(List.of(), List.of(), List.of(running, due(2, 10).dead(FAILURE))));

        assertThat(store.channels().due(transaction, claim, 100, 10)).isEmpty();
        assertThat(store.channels().nextDue(transaction, claim)).isEmpty();
        assertThat(load(claim).running()).containsExactly(running);
    }

    @Test
    void aSettledDeliveryLosesItsRow() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        settle(claim, settlement(List.of(), List.of(), List.of(due(1, 10))));
        settle(claim, new Settlement(List.of(), List.of(), List.of(), List.of(), List.of(1L)));
        assertThat(load(claim).passedByRow()).isEmpty();
        assertThat(store.channels().nextDue(transaction, claim)).isEmpty();
    }

    @Test
    void onlyRowsAboveTheCursorOfTheirPriorityCountAsAbove() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        DeliveryRow high = new DeliveryRow(3, 9, DeliveryState.DUE, 1L, 1, null, null);
        settle(
                claim,
                settlement(List.of(new CursorMove(PRIORITY, 0, 4)), List.of(), List.of(due(4, 1), due(5, 1), high)));
        assertThat(load(claim).passedByRow()).containsExactlyInAnyOrder(5L, 3L);
    }

    @Test
    void channelsDoNotSeeEachOthersRows() throws Exception {
        Claim a = take(create("topic", "a", Start.DEFAULT)).claim();
        Claim b = take(create("topic", "b", Start.DEFAULT)).claim();
        settle(a, settlement(List.of(new CursorMove(PRIORITY, 0, 1)), List.of(2L), List.of(due(3, 1))));
        assertThat(cursor(b)).isZero();
        assertThat(load(b).done()).isEmpty();
        assertThat(store.channels().due(transaction, b, 100, 10)).isEmpty();
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
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 0, 100, 10, 1000)))
                .containsExactly(1L, 4L, 7L);
        assertThat(ids(new Stretch("topic", topicId, 9, 0, 100, 10, 1000))).containsExactly(3L, 6L, 9L);
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 1, 6, 10, 1000))).containsExactly(4L);
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 0, 100, 2, 1000)))
                .containsExactly(1L, 4L);
        assertThat(ids(new Stretch("topic", topicId, PRIORITY, 0, 100, 10, 1))).containsExactly(1L);
        assertThat(store.messages().newestId(transaction)).isEqualTo(9);
    }

    private List<Long> ids(Stretch stretch) throws SQLException {
        return store.messages().read(transaction, stretch).stream()
                .map(Message::id)
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
                .append(
                        transaction,
                        new NewRow(topicId, PRIORITY, 1234, "key \uD83D\uDE00 '\"", headers, new byte[0]));

        Message message = store.messages().find(transaction, "topic", id).orElseThrow();

        assertThat(message.headers()).containsExactlyInAnyOrderEntriesOf(headers);
        assertThat(message.key()).isEqualTo("key \uD83D\uDE00 '\"");
        assertThat(message.payload()).isEmpty();
        assertThat(message.publishedAt().toEpochMilli()).isEqualTo(1234);
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
        assertThat(store.status().channel(transaction, "topic", "channel").orElseThrow())
                .satisfies(line -> {
                    assertThat(line.waiting()).as("9 and five of priority 9").isEqualTo(6);
                    assertThat(line.retrying()).isEqualTo(1);
                    assertThat(line.dead()).isEqualTo(1);
                    assertThat(line.ownerId()).isEqualTo(owner);
                });
        assertThat(store.status().dead(transaction, new StatusStore.DeadFilter(null, null, 0, "", 10)))
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.message().id()).isEqualTo(7);
                    assertThat(dead.failure()).isEqualTo(FAILURE);
                    assertThat(dead.attempts()).isEqualTo(2);
                });
        assertThat(store.status().dead(transaction, new StatusStore.DeadFilter("topic", "channel", 7, "channel", 10)))
                .isEmpty();
        assertThat(store.status().topics(transaction)).singleElement().satisfies(line -> assertThat(line.messages())
                .isEqualTo(10));
    }
}
