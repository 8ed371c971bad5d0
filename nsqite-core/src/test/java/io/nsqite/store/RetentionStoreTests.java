package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.RetentionStore.KeepFrom;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is deleted and what is kept, as any store does it. */
abstract class RetentionStoreTests extends StoreTests {

    static final long NOW = 1_000_000;
    static final long OLD = 1_000;
    static final long YOUNG = 900_000;
    static final KeepFrom KEEP_FROM = new KeepFrom(NOW, 500_000, null);
    static final KeepFrom UNHEARD_TOO = new KeepFrom(NOW, 500_000, 700_000L);

    /** The ids of all that takes room in the log, also of what is no message any more. */
    abstract List<Long> storedIds() throws SQLException;

    /** The messages of a topic that are left. */
    List<Long> kept(String topic) throws SQLException {
        long newest = store.messages().newestId(transaction);
        Stretch all = new Stretch(
                topic,
                topicId(topic),
                Stretch.ALL_PRIORITIES,
                0,
                newest,
                Long.MAX_VALUE,
                Integer.MAX_VALUE,
                Long.MAX_VALUE);
        return store.messages().read(transaction, all).stream()
                .map(logged -> logged.message().id())
                .toList();
    }

    long topicId(String topic) throws SQLException {
        return store.topics().findOrCreate(transaction, topic);
    }

    long publish(String topic, int priority, long publishedAt, @Nullable Long deliverAt) throws SQLException {
        return store.messages()
                .append(
                        transaction,
                        new NewRow(
                                topicId(topic),
                                priority,
                                publishedAt,
                                null,
                                Map.of(),
                                new byte[] {1},
                                deliverAt,
                                null));
    }

    long old(String topic) throws SQLException {
        return publish(topic, PRIORITY, OLD, null);
    }

    void moveCursor(Claim claim, int priority, long to) throws SQLException {
        long from = load(claim).cursors()[priority];
        assertThat(settle(claim, settlement(List.of(new CursorMove(priority, from, to)), List.of(), List.of())))
                .isEqualTo(Fence.OURS);
    }

    /** All steps from the position on; how many there were. */
    int sweep(String topic, KeepFrom keepFrom) throws SQLException {
        int steps = 1;
        while (store.retention().deleteSome(transaction, topicId(topic), keepFrom)) {
            steps++;
        }
        return steps;
    }

    int sweep(String topic) throws SQLException {
        return sweep(topic, KEEP_FROM);
    }

    // ---- what may go ----

    @Test
    void whatEveryChannelHasPassedAndIsOldGoes() throws Exception {
        Claim a = take(create("topic", "a", Start.DEFAULT)).claim();
        Claim b = take(create("topic", "b", Start.EARLIEST)).claim();
        long first = old("topic");
        long second = old("topic");
        long third = old("topic");
        publish("topic", PRIORITY, YOUNG, null);
        moveCursor(a, PRIORITY, third);
        sweep("topic");
        assertThat(kept("topic")).as("b has passed none").hasSize(4);

        moveCursor(b, PRIORITY, first);
        sweep("topic");
        assertThat(kept("topic")).containsExactly(second, third, 4L);

        moveCursor(b, PRIORITY, third);
        sweep("topic");
        assertThat(kept("topic")).containsExactly(4L);
    }

    @Test
    void whatIsYoungStaysUntilItIsOld() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long old = old("topic");
        long young = publish("topic", PRIORITY, YOUNG, null);
        long last = publish("topic", PRIORITY, YOUNG, null);
        moveCursor(claim, PRIORITY, last);
        sweep("topic");
        assertThat(kept("topic")).doesNotContain(old).containsExactly(young, last);

        sweep("topic", new KeepFrom(2 * NOW, YOUNG, null));
        assertThat(kept("topic")).as("not older than the limit").hasSize(2);
        sweep("topic", new KeepFrom(2 * NOW, YOUNG + 1, null));
        assertThat(kept("topic")).isEmpty();
    }

    @Test
    void everyPriorityHasItsOwnCursor() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (int priority = 0; priority < ChannelStore.PRIORITIES; priority++) {
            publish("topic", priority, OLD, null);
        }
        old("topic");
        moveCursor(claim, 0, 10);
        moveCursor(claim, 7, 7); // its message has the id 8
        moveCursor(claim, 9, 11);
        sweep("topic");
        assertThat(kept("topic")).containsExactly(2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 11L);
    }

    @Test
    void whatHasARowOfAChannelStaysUntilTheRowIsGone() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 5; i++) {
            old("topic");
        }
        settle(
                claim,
                settlement(
                        List.of(new CursorMove(PRIORITY, 0, 5)),
                        List.of(2L),
                        List.of(due(1, 10), due(3, 10).dead(FAILURE))));
        sweep("topic");
        assertThat(kept("topic")).containsExactly(1L, 2L, 3L);

        settle(claim, new Settlement(List.of(), List.of(), List.of(2L), List.of(), List.of(1L, 3L)));
        sweep("topic");
        assertThat(kept("topic")).as("the position has passed them").hasSize(3);
        store.retention().startOver(transaction, topicId("topic"));
        sweep("topic");
        assertThat(kept("topic")).isEmpty();
    }

    @Test
    void ageCountsFromWhenAMessageIsToBeDelivered() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        publish("topic", PRIORITY, OLD, NOW * 1000);
        publish("topic", PRIORITY, OLD, OLD + 1);
        publish("topic", PRIORITY, OLD, YOUNG);
        old("topic");
        moveCursor(claim, PRIORITY, 4);
        sweep("topic");
        assertThat(kept("topic")).containsExactly(1L, 3L);
    }

    @Test
    void aMessageOfAClockThatWasAheadDoesNotStopDeletionBehindIt() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        publish("topic", PRIORITY, NOW + 1, null);
        old("topic");
        old("topic");
        moveCursor(claim, PRIORITY, 3);
        sweep("topic");
        assertThat(kept("topic")).containsExactly(1L);
    }

    // ---- topics and channels ----

    @Test
    void aTopicThatNeverHadAChannelKeepsEverythingUnlessAnAgeIsSet() throws Exception {
        old("topic");
        publish("topic", PRIORITY, 600_000, null);
        publish("topic", PRIORITY, YOUNG, null);
        sweep("topic");
        assertThat(kept("topic")).hasSize(3);

        sweep("topic", UNHEARD_TOO);
        assertThat(kept("topic")).containsExactly(3L);
    }

    @Test
    void theAgeOfUnheardTopicsIsNotThatOfOthers() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        publish("topic", PRIORITY, 600_000, null);
        moveCursor(claim, PRIORITY, 1);
        sweep("topic", UNHEARD_TOO);
        assertThat(kept("topic")).hasSize(1);
    }

    @Test
    void aDeletedChannelNeedsNothing() throws Exception {
        Claim deleted = takeNew("topic", Start.DEFAULT);
        Claim other = take(create("topic", "other", Start.EARLIEST)).claim();
        old("topic");
        old("topic");
        old("topic");
        settle(deleted, settlement(List.of(), List.of(2L), List.of(due(1, 10))));
        moveCursor(other, PRIORITY, 2);
        store.operator().delete(transaction, deleted.channelId());
        sweep("topic");
        assertThat(kept("topic")).containsExactly(3L);

        store.operator().delete(transaction, other.channelId());
        sweep("topic");
        assertThat(kept("topic")).as("all its channels are deleted").isEmpty();
    }

    @Test
    void topicsDoNotMixUp() throws Exception {
        Claim one = takeNew("one", Start.DEFAULT);
        Claim two = takeNew("two", Start.DEFAULT);
        for (int i = 0; i < 3; i++) {
            old("one");
            old("two");
            old("unheard");
        }
        moveCursor(one, PRIORITY, 100);
        moveCursor(two, PRIORITY, 2);
        sweep("one");
        assertThat(kept("one")).isEmpty();
        assertThat(kept("two")).hasSize(3);
        sweep("two");
        assertThat(kept("two")).hasSize(2);
        assertThat(kept("unheard")).hasSize(3);
    }

    @Test
    void topicsComeInTheOrderOfTheirIds() throws Exception {
        long one = topicId("one");
        long two = topicId("two");
        assertThat(store.retention().topicAfter(transaction, 0)).isEqualTo(Optional.of(one));
        assertThat(store.retention().topicAfter(transaction, one)).isEqualTo(Optional.of(two));
        assertThat(store.retention().topicAfter(transaction, two)).isEmpty();
        assertThat(store.retention().deleteSome(transaction, 99, KEEP_FROM)).isFalse();
    }

    // ---- ids and keys ----

    @Test
    void theLastIdIsNeverGivenAgainAndWhatHoldsItGoesLater() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 3; i++) {
            old("topic");
        }
        moveCursor(claim, PRIORITY, 3);
        sweep("topic");
        assertThat(kept("topic")).isEmpty();
        assertThat(storedIds()).containsExactly(3L);

        long next = old("topic");
        assertThat(next).isEqualTo(4);
        moveCursor(claim, PRIORITY, 4);
        sweep("topic");
        assertThat(storedIds()).containsExactly(4L);
        assertThat(old("topic")).isEqualTo(5);
    }

    @Test
    void aDeduplicationKeyGoesWithItsMessage() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        NewRow row = new NewRow(topicId("topic"), PRIORITY, OLD, null, Map.of(), new byte[0], null, "once");
        assertThat(store.messages().appendOnce(transaction, row)).isEqualTo(new Appended(1, true));
        sweep("topic");
        assertThat(store.messages().appendOnce(transaction, row)).isEqualTo(new Appended(1, false));
        moveCursor(claim, PRIORITY, 1);
        sweep("topic");
        assertThat(store.messages().appendOnce(transaction, row)).isEqualTo(new Appended(2, true));
    }
}
