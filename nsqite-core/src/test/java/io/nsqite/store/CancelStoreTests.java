package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.CancelStore.Holder;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.ChannelStore.Started;
import io.nsqite.store.DeliveryRow.Failure;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Taking messages back. */
abstract class CancelStoreTests extends StoreTests {

    private Optional<List<Holder>> holders(long id) throws SQLException {
        return store.cancels().holders(transaction, id);
    }

    private long appendLate() throws SQLException {
        long topicId = store.topics().findOrCreate(transaction, "topic");
        return store.messages()
                .append(transaction, new NewRow(topicId, PRIORITY, 5, null, Map.of(), new byte[] {1}, 10L, null));
    }

    private static DeliveryRow row(
            long id, DeliveryState state, int attempts, @Nullable String key, @Nullable Failure failure) {
        return new DeliveryRow(id, PRIORITY, state, state == DeliveryState.DUE ? 10L : null, attempts, key, failure);
    }

    private static DeliveryRow neverTried(long id, @Nullable String key) {
        return row(id, DeliveryState.DUE, 0, key, null);
    }

    private void put(Claim claim, DeliveryRow... rows) throws SQLException {
        assertThat(settle(claim, settlement(List.of(), List.of(), List.of(rows))))
                .isEqualTo(Fence.OURS);
    }

    @Test
    void whatMayBeInTheMemoryOfAnOwnerTakesItsConsent() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        create("topic", "unserved", Start.EARLIEST);
        long id = append("topic", 7);
        assertThat(holders(id)).contains(List.of(new Holder(claim.channelId(), owner, 7)));
    }

    @Test
    void whatIsWrittenBeforeItIsHandedOutTakesNobodysConsent() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long aside = append("topic");
        put(claim, neverTried(aside, null));
        assertThat(holders(aside)).contains(List.of());
        assertThat(holders(appendLate())).contains(List.of());
    }

    @Test
    void whatIsSettledOrNotThereCannotBeCancelled() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(3);
        settle(claim, settlement(List.of(new Settlement.CursorMove(PRIORITY, 0, 1)), List.of(3L), List.of()));
        assertThat(holders(1)).as("passed").isEmpty();
        assertThat(holders(2)).isPresent();
        assertThat(holders(3)).as("done").isEmpty();
        assertThat(holders(4)).as("not there").isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatAHandlerHasReceivedCannotBeCancelled(DeliveryState state) throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(2);
        put(claim, row(1, state, 1, null, null), row(2, state, 0, null, FAILURE));
        assertThat(holders(1)).isEmpty();
        assertThat(holders(2)).as("replayed").isEmpty();
    }

    @Test
    void afterAnUncleanEndOnlyWhatIsWrittenBeforeItIsHandedOutCanBeCancelled() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long straight = append("topic");
        long late = appendLate();
        store.channels().release(transaction, claim, 1);
        assertThat(holders(straight)).isEmpty();
        assertThat(holders(late)).contains(List.of());
    }

    @Test
    void anAttemptOfACancelledMessageDoesNotBegin() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(3);
        put(claim, neverTried(1, null), neverTried(2, null));
        store.cancels().remove(transaction, 1);
        DeliveryRow second = neverTried(2, null).started();
        Started started = store.channels()
                .start(transaction, claim, List.of(neverTried(1, null).started(), second), List.of());
        assertThat(started).isEqualTo(new Started(Fence.OURS, List.of(second)));
        assertThat(load(claim).running()).containsExactly(second);
    }

    @Test
    void nothingBeginsWhenAnOperatorChangedTheChannelOrItIsLost() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(1);
        List<DeliveryRow> rows = List.of(neverTried(1, null).started());
        store.operator().pause(transaction, claim.channelId());
        assertThat(store.channels().start(transaction, claim, rows, List.of()))
                .isEqualTo(new Started(Fence.CHANGED, List.of()));
        store.channels().release(transaction, claim, 0);
        assertThat(store.channels().start(transaction, claim, rows, List.of()))
                .isEqualTo(new Started(Fence.LOST, List.of()));
        assertThat(take(claim.channelId()).claim())
                .satisfies(next -> assertThat(load(next).running()).isEmpty());
    }

    @Test
    void ownersLoadTheChannelAgainWhenTheFirstOfAKeyIsCancelled() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(3);
        put(claim, neverTried(1, null), neverTried(2, "key"), row(3, DeliveryState.HELD, 0, "key", null));
        store.cancels().remove(transaction, 1);
        store.cancels().remove(transaction, 3);
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.OURS);
        store.cancels().remove(transaction, 2);
        assertThat(store.channels().fence(transaction, claim)).isEqualTo(Fence.CHANGED);
        assertThat(load(claim).keyed()).isFalse();
    }
}
