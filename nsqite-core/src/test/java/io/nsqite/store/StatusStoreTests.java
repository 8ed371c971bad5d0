package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.StatusStore.ChannelLine;
import io.nsqite.store.StatusStore.Counting;
import io.nsqite.store.StatusStore.Kept;
import io.nsqite.store.StatusStore.MessageLine;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people and programs see of a queue, in any store. */
abstract class StatusStoreTests extends DeadLetterStoreTests {

    private static final long NOW = 1000;

    private long publish(long publishedAt, @Nullable Long deliverAt, int priority) throws SQLException {
        long topicId = store.topics().findOrCreate(transaction, "topic");
        return store.messages()
                .append(
                        transaction,
                        new NewRow(topicId, priority, publishedAt, null, Map.of(), new byte[] {1}, deliverAt, null));
    }

    private ChannelLine counted(long limit) throws SQLException {
        return counted(Counting.upTo(limit, NOW));
    }

    private ChannelLine counted(Counting counting) throws SQLException {
        return store.status().channel(transaction, "topic", "channel", counting).orElseThrow();
    }

    private static DeliveryRow scheduled(long id, long at) {
        return new DeliveryRow(id, PRIORITY, DeliveryState.SCHEDULED, at, 0, null, null);
    }

    // ---- counting ----

    @Test
    void everyMessageIsCountedOnceByItsState() throws Exception {
        appendMany(9);
        append("topic", 9);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(
                claim,
                settlement(
                        List.of(move(0, 2)),
                        List.of(4L),
                        List.of(
                                row(1, DeliveryState.DUE),
                                row(3, DeliveryState.RUNNING),
                                row(5, DeliveryState.HELD),
                                scheduled(6, 2000),
                                dead(7))));

        ChannelLine line = counted(100);
        assertThat(line.waiting()).as("8, 9 and 10").isEqualTo(3);
        assertThat(line.retrying()).isEqualTo(2);
        assertThat(line.held()).isEqualTo(1);
        assertThat(line.scheduled()).isEqualTo(1);
        assertThat(line.dead()).isEqualTo(1);
        assertThat(line.exact()).isTrue();
        assertThat(line).isEqualTo(counted(Counting.all(NOW)));
        assertThat(store.status().channels(transaction, Counting.upTo(100, NOW)))
                .containsExactly(line);
    }

    @Test
    void countingEndsAtTheLimitAndSaysSo() throws Exception {
        appendMany(30);
        Claim claim = takeNew("topic", Start.EARLIEST);
        assertThat(counted(31)).satisfies(line -> {
            assertThat(line.waiting()).isEqualTo(30);
            assertThat(line.exact()).isTrue();
        });
        assertThat(counted(30)).satisfies(line -> {
            assertThat(line.waiting()).isEqualTo(30);
            assertThat(line.exact()).as("there may be more").isFalse();
        });
        assertThat(counted(7).waiting()).isEqualTo(7);

        settle(claim, settlement(List.of(move(0, 30)), List.of(), List.of(dead(1), dead(2), dead(3))));
        assertThat(counted(2)).satisfies(line -> {
            assertThat(line.dead()).isEqualTo(2);
            assertThat(line.exact()).isFalse();
            assertThat(line.lagExact()).as("nothing waits").isTrue();
        });
    }

    @Test
    void messagesOfOtherTopicsDoNotCount() throws Exception {
        takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 10; i++) {
            append("other");
        }
        append("topic");
        assertThat(counted(2)).satisfies(line -> {
            assertThat(line.waiting()).isEqualTo(1);
            assertThat(line.oldest()).isNotNull();
            assertThat(line.exact()).isTrue();
        });
    }

    @Test
    void lookingOverTheLogEndsAtItsOwnLimitAndSaysSo() throws Exception {
        takeNew("topic", Start.DEFAULT);
        for (int i = 0; i < 10; i++) {
            append("other");
        }
        assertThat(counted(new Counting(5, 10, NOW)).lagExact())
                .as("nothing lies behind")
                .isTrue();
        append("topic");
        assertThat(counted(new Counting(5, 10, NOW))).satisfies(line -> {
            assertThat(line.waiting()).isZero();
            assertThat(line.oldest()).isNull();
            assertThat(line.exact()).isFalse();
            assertThat(line.lagExact()).isFalse();
        });
        assertThat(counted(new Counting(5, 11, NOW))).satisfies(line -> {
            assertThat(line.waiting()).isEqualTo(1);
            assertThat(line.exact()).isTrue();
        });
    }

    @Test
    void whatIsSettledAboveThePositionIsNotCountedAndHidesNothing() throws Exception {
        appendMany(12);
        publish(90, null, 9);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(claim, settlement(List.of(), List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), List.of()));
        assertThat(counted(4)).satisfies(line -> {
            assertThat(line.waiting()).as("11, 12 and 13").isEqualTo(3);
            assertThat(line.exact()).isTrue();
        });
    }

    // ---- since when something waits ----

    @Test
    void theOldestIsTheFirstThatIsDueWhereverItWaits() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        assertThat(counted(100).oldest()).isNull();

        publish(10, 5000L, PRIORITY);
        assertThat(counted(100).oldest()).as("not due yet").isNull();
        publish(90, null, PRIORITY);
        publish(80, null, 9);
        assertThat(counted(100).oldest()).as("one of another priority").isEqualTo(80);
        publish(20, 70L, PRIORITY);
        assertThat(counted(100).oldest()).as("one that waits since its time").isEqualTo(70);

        long retried = publish(60, null, PRIORITY);
        settle(claim, settlement(List.of(), List.of(), List.of(row(retried, DeliveryState.DUE))));
        assertThat(counted(100).oldest()).as("one that failed").isEqualTo(60);

        long late = publish(5, 50L, PRIORITY);
        settle(claim, settlement(List.of(), List.of(), List.of(scheduled(late, 50))));
        assertThat(counted(100).oldest())
                .as("a scheduled one whose time has come")
                .isEqualTo(50);

        long given = publish(1, null, PRIORITY);
        settle(claim, settlement(List.of(), List.of(), List.of(dead(given))));
        assertThat(counted(100).oldest()).as("dead letters don't wait").isEqualTo(50);
    }

    // ---- one message ----

    private MessageLine progress(long id, long now) throws SQLException {
        return store.status().progress(transaction, id, now).get(0);
    }

    @Test
    void whatBecameOfAMessageIsToldForEachChannelOfItsTopic() throws Exception {
        appendMany(4);
        append("other");
        create("topic", "another", Start.EARLIEST);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(claim, settlement(List.of(move(0, 1)), List.of(2L), List.of(dead(3, "error", 7))));

        assertThat(store.status().progress(transaction, 1, NOW))
                .containsExactly(
                        new MessageLine("another", false, null, null), new MessageLine("channel", true, null, null));
        assertThat(store.status().progress(transaction, 2, NOW).get(1).settled())
                .isTrue();
        assertThat(store.status().progress(transaction, 3, NOW).get(1).delivery())
                .isEqualTo(dead(3, "error", 7));
        assertThat(store.status().progress(transaction, 4, NOW))
                .extracting(MessageLine::settled)
                .containsExactly(false, false);
        assertThat(store.status().progress(transaction, 5, NOW))
                .as("nobody listens to its topic")
                .isEmpty();
        assertThat(store.status().progress(transaction, 99, NOW)).isEmpty();
    }

    @Test
    void whenAMessageIsDueIsToldByTheWallClock() throws Exception {
        appendMany(2);
        Claim claim = takeNew("topic", Start.EARLIEST);
        store.channels().setClocks(transaction, claim, new Clocks(NOW, 100));
        DeliveryRow retry = new DeliveryRow(1, PRIORITY, DeliveryState.DUE, 130L, 1, null, FAILURE);
        settle(claim, settlement(List.of(), List.of(), List.of(retry, scheduled(2, 3000))));
        Clocks stored = store.channels().clocks(transaction, claim);

        assertThat(progress(1, stored.wall()).dueAt()).isEqualTo(stored.wall() + 130 - stored.retries());
        assertThat(progress(1, stored.wall() + 130).dueAt())
                .as("its time has come")
                .isNull();
        assertThat(progress(2, NOW).dueAt()).isEqualTo(3000);
        assertThat(progress(2, 3000).dueAt()).isNull();
    }

    @Test
    void aMessageIsFoundByItsIdUnlessItWasCancelled() throws Exception {
        long id = publish(10, 5000L, 9);
        assertThat(store.status().message(transaction, id)).get().satisfies(kept -> {
            assertThat(kept.message().topic()).isEqualTo("topic");
            assertThat(kept.message().priority()).isEqualTo(9);
            assertThat(kept.message().payload()).containsExactly(1);
            assertThat(kept.deliverAt()).isEqualTo(5000);
        });
        assertThat(store.status().message(transaction, id + 1)).isEmpty();
        store.cancels().remove(transaction, id);
        assertThat(store.status().message(transaction, id)).map(Kept::message).isEmpty();
    }

    // ---- owners ----

    @Test
    void ownersAreListedWithTheirLibraryAndTouchedWithoutAChange() throws Exception {
        long other = store.owners().register(transaction, 77, new OwnerStore.Library("2.0", 1), "side-file");
        List<OwnerStore.Started> before = store.owners().started(transaction);
        assertThat(before)
                .containsExactly(new OwnerStore.Started(owner, "test", 1), new OwnerStore.Started(other, "2.0", 77));
        assertThat(store.owners().touch(transaction, owner)).isTrue();
        assertThat(store.owners().touch(transaction, other + 1)).isFalse();
        assertThat(store.owners().started(transaction)).isEqualTo(before);
    }
}
