package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.OwnerStore.Library;
import io.nsqite.store.OwnerStore.Owner;
import io.nsqite.store.OwnerStore.Registered;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Channels and owners, as any store keeps them. */
abstract class ChannelStoreTests extends CancelStoreTests {

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
        assertThat(cursor(take(create("topic", "latest", Start.LATEST)).claim()))
                .isEqualTo(newest);
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
        store.channels().release(transaction, first, 0);
        assertThat(store.channels().fence(transaction, first)).isEqualTo(Fence.LOST);
        Claim second = take(id).claim();

        assertThat(second.epoch()).isGreaterThan(first.epoch());
        assertThat(store.channels().fence(transaction, first)).isEqualTo(Fence.LOST);
        store.channels().release(transaction, first, 0);
        assertThat(store.channels().fence(transaction, second)).isEqualTo(Fence.OURS);
    }

    @Test
    void underAVoidClaimNothingIsWritten() throws Exception {
        long message = append("topic");
        long id = create("topic", "channel", Start.DEFAULT);
        Claim first = take(id).claim();
        store.channels().release(transaction, first, 0);
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
        store.channels().release(transaction, take(id).claim(), 0);
        Taken next = take(id);
        assertThat(next.unclean()).isFalse();
        assertThat(next.inHand()).isZero();
    }

    @Test
    void afterAnEndWithHandlersRunningAsManyAreSuspectAsWereInHand() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        store.channels().release(transaction, take(id).claim(), 3);
        Taken next = take(id);
        assertThat(next.unclean()).isTrue();
        assertThat(next.inHand()).isEqualTo(3);
    }

    @Test
    void suspicionOutlastsAnOrderlyEndUntilEverythingIsSettled() throws Exception {
        long id = create("topic", "channel", Start.DEFAULT);
        store.channels().release(transaction, take(id).claim(), 5);
        Claim second =
                store.channels().take(transaction, id, owner, 3).orElseThrow().claim();
        store.channels().release(transaction, second, 0);
        Taken third = take(id);
        assertThat(third.unclean()).isTrue();
        assertThat(third.inHand()).as("the greatest of all").isEqualTo(5);

        assertThat(store.channels().clean(transaction, third.claim())).isEqualTo(Fence.OURS);
        store.channels().release(transaction, third.claim(), 0);
        assertThat(take(id).unclean()).isFalse();
    }

    @Test
    void aBuriedOwnersChannelsAreFreeAndSuspect() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        long other = store.owners().register(transaction, 2, new Library("test", 1), "side-file");
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
        assertThat(store.owners().register(transaction, 3, new Library("test", 1), "side-file"))
                .isGreaterThan(owner);
    }

    @Test
    void ownersWhoseLibraryIsTooOldForAVersionOfTheTablesAreKnown() throws Exception {
        long newer = store.owners().register(transaction, 2, new Library("newer", 3), "side-file");

        assertThat(store.owners().notKnowing(transaction, 1)).isEmpty();
        assertThat(store.owners().notKnowing(transaction, 3))
                .containsExactly(new Registered(new Owner(owner, "side-file"), new Library("test", 1)));
        assertThat(store.owners().notKnowing(transaction, 4))
                .extracting(Registered::owner)
                .extracting(Owner::id)
                .containsExactly(owner, newer);
    }

    // ---- clocks that jump ----

    private static DeliveryRow waiting(long id, DeliveryState state, long dueAt) {
        return new DeliveryRow(id, PRIORITY, state, dueAt, 1, null, FAILURE);
    }

    private Claim takeWith(DeliveryRow... rows) throws SQLException {
        Claim claim = takeNew("topic", Start.DEFAULT);
        for (DeliveryRow row : rows) {
            long id = append("topic");
            assertThat(id).isEqualTo(row.messageId());
        }
        settle(claim, settlement(List.of(), List.of(), List.of(rows)));
        return claim;
    }

    @Test
    void retriesAreDueByTheirClockAndWhatIsScheduledByTheWallClock() throws Exception {
        DeliveryRow retry = waiting(1, DeliveryState.DUE, 100);
        DeliveryRow scheduled = waiting(2, DeliveryState.SCHEDULED, 5_000);
        Claim claim = takeWith(retry, scheduled);

        assertThat(store.channels().due(transaction, claim, new Clocks(4_999, 99), 10))
                .isEmpty();
        assertThat(store.channels().due(transaction, claim, new Clocks(4_999, 100), 10))
                .containsExactly(retry);
        assertThat(store.channels().due(transaction, claim, new Clocks(5_000, 99), 10))
                .containsExactly(scheduled);
    }

    @Test
    void whatWaitsLongestComesFirstByWhicheverClock() throws Exception {
        DeliveryRow retry = waiting(1, DeliveryState.DUE, 50);
        DeliveryRow scheduled = waiting(2, DeliveryState.SCHEDULED, 5_000);
        DeliveryRow late = waiting(3, DeliveryState.DUE, 90);
        Claim claim = takeWith(retry, scheduled, late);

        assertThat(store.channels().due(transaction, claim, new Clocks(5_020, 100), 10))
                .containsExactly(retry, scheduled, late);
        assertThat(store.channels().due(transaction, claim, new Clocks(5_020, 100), 2))
                .containsExactly(retry, scheduled);
        assertThat(store.channels().due(transaction, claim, new Clocks(9_000, 100), 1))
                .containsExactly(scheduled);
    }

    @Test
    void whatIsDueNextIsToldByTheClockOfRetries() throws Exception {
        Claim claim = takeWith(
                waiting(1, DeliveryState.DUE, 150),
                waiting(2, DeliveryState.SCHEDULED, 5_000),
                waiting(3, DeliveryState.SCHEDULED, Long.MAX_VALUE));

        assertThat(store.channels().nextDue(transaction, claim, new Clocks(4_000, 100)))
                .hasValue(150L);
        assertThat(store.channels().nextDue(transaction, claim, new Clocks(4_980, 100)))
                .hasValue(120L);
        assertThat(store.channels().nextDue(transaction, claim, new Clocks(5_000, 7_000)))
                .hasValue(Long.MAX_VALUE);
    }

    @Test
    void theNextOwnerKnowsWhatTheClocksShowedLast() throws Exception {
        Claim claim = takeWith();
        assertThat(store.channels().clocks(transaction, claim)).isEqualTo(at(0));
        assertThat(store.channels().setClocks(transaction, claim, new Clocks(5_000, 100)))
                .isEqualTo(Fence.OURS);
        store.channels().release(transaction, claim, 0);
        Claim next = take(claim.channelId()).claim();

        assertThat(store.channels().clocks(transaction, next)).isEqualTo(new Clocks(5_000, 100));
        assertThat(store.channels().setClocks(transaction, claim, at(9_000))).isEqualTo(Fence.LOST);
        assertThat(store.channels().clocks(transaction, next)).isEqualTo(new Clocks(5_000, 100));
    }

    @Test
    void theClocksAreWrittenWithTheTimeOfARetry() throws Exception {
        Claim claim = takeWith();
        append("topic");
        append("topic");
        DeliveryRow scheduled = waiting(1, DeliveryState.SCHEDULED, 9_000);
        settle(claim, settlement(List.of(), List.of(), List.of(scheduled)).at(at(10)));
        assertThat(store.channels().clocks(transaction, claim)).isEqualTo(at(0));
        DeliveryRow retry = waiting(2, DeliveryState.DUE, 9_000);
        settle(claim, settlement(List.of(), List.of(), List.of(retry)).at(at(20)));
        assertThat(store.channels().clocks(transaction, claim)).isEqualTo(at(20));
        settle(
                claim,
                settlement(List.of(new CursorMove(PRIORITY, 0, 2)), List.of(), List.of())
                        .at(at(30)));
        assertThat(store.channels().clocks(transaction, claim)).isEqualTo(at(20));
    }
}
