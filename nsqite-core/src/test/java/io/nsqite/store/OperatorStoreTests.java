package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.model.Seeds;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.OperatorStore.Purged;
import io.nsqite.store.OperatorStore.Reach;
import io.nsqite.store.Settlement.CursorMove;
import io.nsqite.store.StatusStore.DeadFilter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What operators change, as any store does it. */
abstract class OperatorStoreTests extends StatusStoreTests {

    // ---- pause and resume ----

    @Test
    void aPausedChannelIsSeenAsSuchByItsOwnerAndInTheStatusUntilItIsResumed() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        operator().pause(transaction, claim.channelId());
        assertNoticed(claim);
        assertThat(load(claim).paused()).isTrue();
        assertThat(status().paused()).isTrue();

        Claim paused = informed(claim);
        operator().pause(transaction, claim.channelId());
        assertThat(store.channels().fence(transaction, paused))
                .as("nothing has changed")
                .isEqualTo(Fence.OURS);

        operator().resume(transaction, claim.channelId());
        assertNoticed(paused);
        assertThat(load(claim).paused()).isFalse();
    }

    @Test
    void aChannelIsFoundByItsNames() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        assertThat(operator().find(transaction, "topic", "channel")).contains(id);
        assertThat(operator().find(transaction, "topic", "other")).isEmpty();
        assertThat(operator().find(transaction, "other", "channel")).isEmpty();
    }

    // ---- rewind ----

    @Test
    void aRewindDeletesWhatIsSettledDueOrHeldAboveItsPositionAndLeavesWhatIsDeadOrRunning() throws Exception {
        appendMany(12);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(
                claim,
                settlement(
                        List.of(move(0, 8)),
                        List.of(10L),
                        List.of(
                                row(2, DeliveryState.DUE),
                                row(4, DeliveryState.DUE),
                                row(5, DeliveryState.HELD),
                                row(6, DeliveryState.RUNNING),
                                dead(7))));

        assertThat(operator().rewind(transaction, claim.channelId(), 3, MANY)).isEqualTo(3);

        assertNoticed(claim);
        ChannelContents contents = load(claim);
        assertThat(contents.cursors()[PRIORITY]).isEqualTo(3);
        assertThat(contents.done()).isEmpty();
        assertThat(contents.passedByRow()).extracting(Mark::messageId).containsExactlyInAnyOrder(6L, 7L);
        assertThat(contents.running()).containsExactly(row(6, DeliveryState.RUNNING));
        assertThat(store.channels().due(transaction, claim, at(MANY), MANY))
                .as("below the position")
                .containsExactly(row(2, DeliveryState.DUE));
    }

    @Test
    void aRewindMovesOnlyTheCursorsThatAreBeyond() throws Exception {
        appendMany(5);
        append("topic", 9);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(claim, settlement(List.of(move(0, 2), new CursorMove(9, 0, 6)), List.of(), List.of()));
        operator().rewind(transaction, claim.channelId(), 4, MANY);
        assertThat(load(claim).cursors()[PRIORITY]).isEqualTo(2);
        assertThat(load(claim).cursors()[9]).isEqualTo(4);
    }

    @Test
    void aRewindOverManyRowsGoesBackFromTheNewestInSteps() throws Exception {
        appendMany(20);
        Claim claim = takeNew("topic", Start.EARLIEST);
        List<DeliveryRow> rows = new ArrayList<>();
        for (long id = 6; id <= 15; id++) {
            rows.add(row(id, DeliveryState.DUE));
        }
        settle(claim, settlement(List.of(move(0, 15)), List.of(17L, 18L, 19L, 20L), rows));

        long channel = claim.channelId();
        assertThat(operator().rewind(transaction, channel, 3, 4)).isEqualTo(11);
        assertThat(cursor(claim)).isEqualTo(11);
        assertThat(load(claim).done()).isEmpty();
        assertThat(load(claim).passedByRow()).isEmpty();
        assertThat(operator().rewind(transaction, channel, 3, 4)).isEqualTo(7);
        assertThat(operator().rewind(transaction, channel, 3, 4)).isEqualTo(3);
        assertThat(cursor(claim)).isEqualTo(3);
        assertThat(store.channels().due(transaction, claim, at(MANY), MANY)).isEmpty();
    }

    @Test
    void aChannelReachesAsFarAsAnythingOfItIsSettledOrHasARow() throws Exception {
        appendMany(9);
        Claim claim = takeNew("topic", Start.EARLIEST);
        assertThat(operator().reach(transaction, claim.channelId())).isEqualTo(new Reach(0, 0));
        settle(claim, settlement(List.of(move(0, 2)), List.of(), List.of()));
        assertThat(operator().reach(transaction, claim.channelId())).isEqualTo(new Reach(0, 2));
        settle(claim, settlement(List.of(), List.of(4L), List.of()));
        assertThat(operator().reach(transaction, claim.channelId())).isEqualTo(new Reach(0, 4));
        settle(claim, settlement(List.of(), List.of(), List.of(row(6, DeliveryState.DUE))));
        assertThat(operator().reach(transaction, claim.channelId())).isEqualTo(new Reach(0, 6));
    }

    @Test
    void messagesOfTheTopicBetweenTwoPositionsAreSeen() throws Exception {
        long first = append("topic");
        long other = append("other");
        long last = append("topic", 9);
        long channel = create("topic", "channel", Start.EARLIEST);
        assertThat(operator().hasMessages(transaction, channel, 0, first)).isTrue();
        assertThat(operator().hasMessages(transaction, channel, first, other)).isFalse();
        assertThat(operator().hasMessages(transaction, channel, first, last)).isTrue();
        assertThat(operator().hasMessages(transaction, channel, last, MANY)).isFalse();
    }

    @Test
    void theFirstMessageSinceATimeIsFoundAlsoWhereIdsAreMissing() throws Exception {
        assertThat(operator().firstPublishedSince(transaction, 0)).isEqualTo(Long.MAX_VALUE);
        long topicId = store.topics().findOrCreate(transaction, "topic");
        for (int i = 1; i <= 50; i++) {
            store.messages().append(transaction, new NewRow(topicId, PRIORITY, i * 10L, null, Map.of(), new byte[0]));
        }
        leaveOutMessages(20, 29);
        for (int i = 1; i <= 50; i++) {
            long first = i >= 20 && i <= 29 ? 30 : i;
            assertThat(operator().firstPublishedSince(transaction, i * 10L)).isEqualTo(first);
            assertThat(operator().firstPublishedSince(transaction, i * 10L - 9)).isEqualTo(first);
        }
        assertThat(operator().firstPublishedSince(transaction, 501)).isEqualTo(Long.MAX_VALUE);
        assertThat(operator().firstPublishedSince(transaction, -1)).isEqualTo(1);
    }

    /** Deletes messages, as retention does. */
    abstract void leaveOutMessages(long from, long to) throws SQLException;

    // ---- purge ----

    @Test
    void aPurgeDropsWhatWaitsAndLeavesWhatIsDeadOrRunning() throws Exception {
        appendMany(10);
        append("other");
        append("topic", 9);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(
                claim,
                settlement(
                        List.of(move(0, 6)),
                        List.of(8L),
                        List.of(
                                row(2, DeliveryState.DUE),
                                row(3, DeliveryState.HELD),
                                row(4, DeliveryState.RUNNING),
                                dead(5),
                                row(10, DeliveryState.DUE))));

        assertThat(operator().purge(transaction, claim.channelId(), 12, MANY))
                .as("7 and 9, one of priority 9, two due and one held")
                .isEqualTo(new Purged(6, true));

        assertNoticed(claim);
        ChannelContents contents = load(claim);
        assertThat(contents.cursors()).containsOnly(12);
        assertThat(contents.done()).isEmpty();
        assertThat(contents.running()).containsExactly(row(4, DeliveryState.RUNNING));
        assertThat(status().waiting()).isZero();
        assertThat(status().retrying()).as("what is running").isEqualTo(1);
        assertThat(status().dead()).isEqualTo(1);
        assertThat(operator().purge(transaction, claim.channelId(), 12, MANY)).isEqualTo(new Purged(0, true));
    }

    @Test
    void aPurgeGoesInStepsAndCountsEachMessageOnce() throws Exception {
        for (int i = 0; i < 30; i++) {
            append("topic", i % 3 == 0 ? 9 : PRIORITY);
        }
        Claim claim = takeNew("topic", Start.EARLIEST);
        List<DeliveryRow> rows = new ArrayList<>();
        for (long id : List.of(2L, 3L, 5L, 6L, 8L, 20L)) {
            rows.add(row(id, DeliveryState.DUE));
        }
        settle(claim, settlement(List.of(), List.of(9L, 11L, 29L), rows));

        long dropped = 0;
        int steps = 0;
        Purged step;
        do {
            step = operator().purge(transaction, claim.channelId(), 30, 3);
            dropped += step.dropped();
            steps++;
        } while (!step.isComplete());

        assertThat(dropped).isEqualTo(27);
        assertThat(steps).isGreaterThan(4);
        assertThat(load(claim).cursors()).containsOnly(30);
        assertThat(load(claim).done()).isEmpty();
        assertThat(status().retrying()).isZero();
    }

    @Test
    void aPurgeLeavesWhatComesAfterwards() throws Exception {
        appendMany(3);
        Claim claim = takeNew("topic", Start.EARLIEST);
        long upTo = store.messages().newestId(transaction);
        long later = append("topic");
        settle(claim, settlement(List.of(), List.of(), List.of(row(later, DeliveryState.DUE))));
        append("topic");
        assertThat(operator().purge(transaction, claim.channelId(), upTo, MANY)).isEqualTo(new Purged(3, true));
        assertThat(status().waiting()).isEqualTo(1);
        assertThat(status().retrying()).isEqualTo(1);
    }

    // ---- delete ----

    @Test
    void aDeletedChannelIsLostToItsOwnerAndItsNameIsFree() throws Exception {
        appendMany(3);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(claim, settlement(List.of(), List.of(1L), List.of(dead(2))));

        operator().delete(transaction, claim.channelId());

        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.LOST);
        assertThat(operator().find(transaction, "topic", "channel")).isEmpty();
        assertThat(operator().deleted(transaction)).containsExactly(claim.channelId());
        assertThat(store.channels().take(transaction, claim.channelId(), owner, IN_HAND))
                .isEmpty();
        assertThat(store.status().channels(transaction, ALL)).isEmpty();
        assertThat(letters(DeadFilter.of(null, null))).isEmpty();

        Claim next = takeNew("topic", Start.DEFAULT);
        assertThat(next.channelId()).isNotEqualTo(claim.channelId());
        assertThat(cursor(next)).as("not the first channel of its topic").isEqualTo(3);
        assertThat(load(next).done()).isEmpty();
    }

    @Test
    void theRowsOfDeletedChannelsGoInStepsAndTheirMarksWhenTheyAreForgotten() throws Exception {
        appendMany(10);
        Claim kept = take(create("topic", "kept", Start.EARLIEST)).claim();
        Claim claim = takeNew("topic", Start.EARLIEST);
        for (Claim each : List.of(kept, claim)) {
            settle(each, settlement(List.of(), List.of(1L, 2L, 3L), List.of(dead(4), dead(5), dead(6))));
        }
        operator().delete(transaction, claim.channelId());
        assertThat(operator().sweep(transaction, 4)).isTrue();
        operator().forget(transaction, List.of(claim.channelId()));
        assertThat(operator().deleted(transaction)).as("not swept yet").containsExactly(claim.channelId());
        assertThat(operator().sweep(transaction, 4)).isFalse();
        assertThat(load(claim).cursors()).isEmpty();
        assertThat(load(claim).done()).isEmpty();
        operator().forget(transaction, List.of(claim.channelId(), kept.channelId()));

        assertThat(operator().deleted(transaction)).isEmpty();
        assertThat(load(kept).cursors()).hasSize(10);
        assertThat(load(kept).done()).hasSize(3);
        assertThat(letters(DeadFilter.of(null, null))).hasSize(3);
        assertThat(create("topic", "channel", Start.DEFAULT))
                .as("ids are never given again")
                .isGreaterThan(claim.channelId());
    }

    // ---- at random ----

    @Test
    void whateverAnOwnerAndAnOperatorDoEveryMessageIsWhereItShouldBe() throws Exception {
        Seeds.once(seed -> {
            OperatorModel model =
                    new OperatorModel(store, transaction, takeNew("topic", Start.EARLIEST), new Random(seed));
            for (int step = 0; step < 1000; step++) {
                model.step();
            }
        });
    }
}
