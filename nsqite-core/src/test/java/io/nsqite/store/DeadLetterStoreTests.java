package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.OperatorStore.DeadKey;
import io.nsqite.store.Settlement.CursorMove;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadPage;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dead letters that are found, replayed and discarded, as any store does it. */
abstract class DeadLetterStoreTests extends ChannelStoreTests {

    static final int MANY = 1000;

    static DeliveryRow row(long id, DeliveryState state) {
        return new DeliveryRow(id, PRIORITY, state, state == DeliveryState.DUE ? 1L : null, 2, null, FAILURE);
    }

    static DeliveryRow dead(long id) {
        return row(id, DeliveryState.DEAD);
    }

    static DeliveryRow dead(long id, String error, long failedAt) {
        return due(id, 1).dead(new DeliveryRow.Failure(error, "stack", failedAt));
    }

    void appendMany(int count) throws SQLException {
        for (int i = 0; i < count; i++) {
            append("topic");
        }
    }

    static CursorMove move(long from, long to) {
        return new CursorMove(PRIORITY, from, to);
    }

    OperatorStore operator() {
        return store.operator();
    }

    /** The claim of an owner that has taken notice of what changed. */
    Claim informed(Claim claim) throws SQLException {
        return claim.withChanges(load(claim).changes());
    }

    void assertNoticed(Claim claim) throws SQLException {
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.CHANGED);
    }

    StatusStore.ChannelLine status() throws SQLException {
        return store.status().channel(transaction, "topic", "channel", ALL).orElseThrow();
    }

    // ---- dead letters ----

    List<Long> letters(DeadFilter filter) throws SQLException {
        List<Long> ids = operator().dead(transaction, filter, DeadPage.first(MANY)).stream()
                .map(DeadKey::messageId)
                .toList();
        assertThat(store.status().dead(transaction, filter, DeadPage.first(MANY)))
                .extracting(line -> line.message().id())
                .isEqualTo(ids);
        return ids;
    }

    private static DeadFilter failed(long from, long before) {
        return new DeadFilter(null, null, from, before, null);
    }

    private static DeadFilter withError(String error) {
        return new DeadFilter(null, null, Long.MIN_VALUE, Long.MAX_VALUE, error);
    }

    @Test
    void deadLettersAreFoundByTopicChannelTimeAndError() throws Exception {
        appendMany(3);
        append("other");
        Claim a = take(create("topic", "a", Start.EARLIEST)).claim();
        Claim b = take(create("topic", "b", Start.EARLIEST)).claim();
        Claim c = take(create("other", "a", Start.EARLIEST)).claim();
        settle(a, settlement(List.of(), List.of(), List.of(dead(1, "Timeout 100%", 10), dead(2, "it's_late", 20))));
        settle(b, settlement(List.of(), List.of(), List.of(dead(3, "TIMEOUT", 30), row(2, DeliveryState.DUE))));
        settle(c, settlement(List.of(), List.of(), List.of(dead(4, "none", 40))));

        assertThat(letters(DeadFilter.of(null, null))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(letters(DeadFilter.of("topic", null))).containsExactly(1L, 2L, 3L);
        assertThat(letters(DeadFilter.of(null, "a"))).containsExactly(1L, 2L, 4L);
        assertThat(letters(DeadFilter.of("topic", "b"))).containsExactly(3L);
        assertThat(letters(failed(20, 40))).containsExactly(2L, 3L);
        assertThat(letters(failed(21, 30))).isEmpty();
        assertThat(letters(withError("timeout"))).containsExactly(1L, 3L);
        assertThat(letters(withError("%"))).as("not a pattern").containsExactly(1L);
        assertThat(letters(withError("_"))).containsExactly(2L);
        assertThat(letters(withError("it's"))).containsExactly(2L);
    }

    @Test
    void pagesGoOnAfterAMessageAndChannel() throws Exception {
        appendMany(2);
        for (String channel : List.of("b", "a", "c")) {
            Claim claim = take(create("topic", channel, Start.EARLIEST)).claim();
            settle(claim, settlement(List.of(), List.of(), List.of(dead(1), dead(2))));
        }
        List<String> seen = new ArrayList<>();
        DeadPage page = DeadPage.first(2);
        for (int i = 0; i < 3; i++) {
            List<DeadKey> keys = operator().dead(transaction, DeadFilter.of(null, null), page);
            keys.forEach(key -> seen.add(key.messageId() + key.channel()));
            page = new DeadPage(keys.get(1).messageId(), keys.get(1).channel(), 2);
        }
        assertThat(seen).containsExactly("1a", "1b", "1c", "2a", "2b", "2c");
        assertThat(operator().dead(transaction, DeadFilter.of(null, null), page))
                .isEmpty();
    }

    @Test
    void aReplayedMessageIsDueAtOnceWithItsAttemptsBeforeItAndItsLastFailureKept() throws Exception {
        appendMany(3);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(claim, settlement(List.of(), List.of(), List.of(dead(1), row(2, DeliveryState.DUE), dead(3))));
        List<DeadKey> keys = List.of(key(claim, 1), key(claim, 2), key(claim, 9));

        assertThat(operator().replay(transaction, keys)).isEqualTo(1);

        assertNoticed(claim);
        assertThat(store.channels().due(transaction, claim, at(0), MANY))
                .containsExactly(new DeliveryRow(1, PRIORITY, DeliveryState.DUE, 0L, 0, null, FAILURE));
        assertThat(letters(DeadFilter.of(null, null))).containsExactly(3L);
        assertThat(operator().replay(transaction, keys)).isZero();
    }

    private static DeadKey key(Claim claim, long messageId) {
        return new DeadKey(claim.channelId(), claim.channel(), messageId);
    }

    @Test
    void aDiscardedMessageLeavesADoneRowOnlyAboveItsCursor() throws Exception {
        appendMany(5);
        Claim claim = takeNew("topic", Start.EARLIEST);
        settle(claim, settlement(List.of(move(0, 2)), List.of(), List.of(dead(1), dead(4), row(5, DeliveryState.DUE))));

        assertThat(operator().discard(transaction, key(claim, 1))).isTrue();
        assertNoticed(claim);
        assertThat(load(claim).done()).isEmpty();
        assertThat(operator().discard(transaction, key(claim, 4))).isTrue();
        assertThat(load(claim).done()).extracting(Mark::messageId).containsExactly(4L);
        Claim informed = informed(claim);
        assertThat(operator().discard(transaction, key(claim, 4))).isFalse();
        assertThat(operator().discard(transaction, key(claim, 5))).isFalse();
        assertThat(operator().discard(transaction, key(claim, 3))).isFalse();

        assertThat(store.channels().fence(transaction, informed)).isEqualTo(Fence.OURS);
        assertThat(letters(DeadFilter.of(null, null))).isEmpty();
        assertThat(status().waiting()).as("3 only").isEqualTo(1);
    }
}
