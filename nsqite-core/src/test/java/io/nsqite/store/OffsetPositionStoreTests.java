package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.OffsetStore.Offset;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a log is, and where it begins, as any store does it. */
abstract class OffsetPositionStoreTests extends StoreTests {

    private static final int LOW = 0;
    private static final int HIGH = 9;

    private Claim takeOldest() throws SQLException {
        append("other");
        return take(create("topic", "channel", Start.EARLIEST)).claim();
    }

    private Claim voidOf(Claim claim) {
        return new Claim(claim.channelId(), 1, "topic", "channel", claim.ownerId(), claim.epoch() - 1, claim.changes());
    }

    private Offset begin(Claim claim) throws SQLException {
        return store.offsets().begin(transaction, claim, 1000).offset();
    }

    private Offset offset(Claim claim) throws SQLException {
        return store.offsets().offset(transaction, claim);
    }

    private static DeliveryRow dead(long id) {
        return new DeliveryRow(id, PRIORITY, DeliveryState.DEAD, 5L, 2, null, FAILURE);
    }

    @Test
    void aNewLogBeginsAtItsBeginningAndMovesInEitherDirection() throws Exception {
        Claim claim = takeOldest();
        appendMany(3);
        assertThat(begin(claim)).isEqualTo(new Offset(Fence.OURS, 0, claim.changes(), false));
        store.offsets().move(transaction, claim, 3);
        assertThat(offset(claim).doneTo()).isEqualTo(3);
        assertThat(load(claim).cursors()).containsOnly(3);
        store.offsets().move(transaction, claim, 1);
        assertThat(offset(claim).doneTo()).isEqualTo(1);
    }

    @Test
    void underAVoidClaimNothingIsChangedAndUnderAnOldOneTheChangeIsTold() throws Exception {
        Claim claim = takeOldest();
        appendMany(2);
        assertThat(settle(claim, settlement(List.of(), List.of(3L), List.of(due(2, 1)))))
                .isEqualTo(Fence.OURS);
        assertThat(begin(voidOf(claim)).isLost()).isTrue();
        assertThat(offset(voidOf(claim)).isLost()).isTrue();
        assertThat(load(claim).done()).hasSize(1);

        Claim old = claim.withChanges(claim.changes() - 1);
        assertThat(offset(old).fence()).isEqualTo(Fence.CHANGED);
        assertThat(begin(old)).isEqualTo(new Offset(Fence.CHANGED, 0, claim.changes(), false));
    }

    @Test
    void itBeginsWithTheFirstThatIsNotDoneAndOnlyDeadLettersKeepTheirRows() throws Exception {
        Claim claim = takeOldest();
        appendMany(5); // 2 to 6
        Settlement handled =
                settlement(List.of(new CursorMove(PRIORITY, 0, 2)), List.of(5L, 6L), List.of(dead(3), due(4, 1)));
        assertThat(settle(claim, handled)).isEqualTo(Fence.OURS);
        assertThat(begin(claim).doneTo()).isEqualTo(2);
        assertThat(load(claim).done()).isEmpty();
        assertThat(load(claim).passedByRow()).as("the dead letter").hasSize(1);
    }

    @Test
    void whatWaitsOfASeldomPriorityIsNotPassed() throws Exception {
        Claim claim = takeOldest();
        append("topic"); // 2
        long low = append("topic", LOW);
        append("topic"); // 4
        long high = append("topic", HIGH);
        append("topic"); // 6
        assertThat(settle(claim, settlement(List.of(new CursorMove(PRIORITY, 0, 6)), List.of(), List.of())))
                .isEqualTo(Fence.OURS);
        assertThat(begin(claim).doneTo()).isEqualTo(low - 1);

        store.offsets().move(transaction, claim, low);
        assertThat(settle(claim, settlement(List.of(new CursorMove(PRIORITY, low, 6)), List.of(), List.of())))
                .isEqualTo(Fence.OURS);
        assertThat(begin(claim).doneTo()).isEqualTo(high - 1);
    }

    @Test
    void ofASeldomPriorityWhatIsDoneOrHasItsRowIsNotWhatItBeginsWith() throws Exception {
        Claim claim = takeOldest();
        append("topic"); // 2
        long done = append("topic", LOW);
        long due = append("topic", HIGH);
        append("other");
        Settlement handled =
                settlement(List.of(new CursorMove(PRIORITY, 0, 5)), List.of(done), List.of(dueOf(due, HIGH)));
        assertThat(settle(claim, handled)).isEqualTo(Fence.OURS);
        assertThat(begin(claim).doneTo()).isEqualTo(due - 1);
    }

    private static DeliveryRow dueOf(long id, int priority) {
        return new DeliveryRow(id, priority, DeliveryState.DUE, 1L, 2, null, FAILURE);
    }
}
