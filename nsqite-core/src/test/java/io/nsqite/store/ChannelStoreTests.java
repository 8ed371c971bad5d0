package io.nsqite.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Start;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.OwnerStore.Library;
import io.nsqite.store.OwnerStore.Owner;
import io.nsqite.store.OwnerStore.Registered;
import io.nsqite.store.Settlement.CursorMove;
import java.time.Duration;
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

    private static DeliveryRow retry(long id, long dueAt, long failedAt) {
        return new DeliveryRow(
                id, PRIORITY, DeliveryState.DUE, dueAt, 1, null, new DeliveryRow.Failure("error", "stack", failedAt));
    }

    private static DeliveryRow withoutFailure(long id, long dueAt, int attempts) {
        return new DeliveryRow(id, PRIORITY, DeliveryState.DUE, dueAt, attempts, null, null);
    }

    @Test
    void whatWaitsAfterAnAttemptMovesWithTheClockAndWhatIsScheduledStays() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        Claim other = take(create("topic", "other", Start.DEFAULT)).claim();
        appendMany(3);
        DeliveryRow scheduled = withoutFailure(3, 5_000, 0);
        settle(
                claim,
                settlement(
                        List.of(), List.of(), List.of(retry(1, 5_100, 5_000), withoutFailure(2, 5_200, 1), scheduled)));
        settle(other, settlement(List.of(), List.of(), List.of(retry(1, 5_100, 5_000))));

        assertThat(store.channels().moveRetries(transaction, claim, Duration.ofMillis(-4_000)))
                .isEqualTo(Fence.OURS);

        assertThat(store.channels().due(transaction, claim, 9_999, 10))
                .containsExactly(retry(1, 1_100, 1_000), withoutFailure(2, 1_200, 1), scheduled);
        assertThat(store.channels().due(transaction, other, 9_999, 10)).containsExactly(retry(1, 5_100, 5_000));
        store.channels().moveRetries(transaction, claim, Duration.ofMillis(4_000));
        assertThat(store.channels().due(transaction, claim, 9_999, 10))
                .containsExactly(scheduled, retry(1, 5_100, 5_000), withoutFailure(2, 5_200, 1));
    }

    @Test
    void aRetryIsDueAfterItsDelayFromNowAtTheLatest() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(3);
        DeliveryRow past = retry(1, 2_000, 999);
        DeliveryRow scheduled = withoutFailure(3, 8_000, 0);
        settle(claim, settlement(List.of(), List.of(), List.of(past, retry(2, 7_100, 7_000), scheduled)));

        for (int time = 0; time < 2; time++) {
            assertThat(store.channels().capRetries(transaction, claim, 1_000)).isEqualTo(Fence.OURS);
            assertThat(store.channels().due(transaction, claim, 9_999, 10))
                    .containsExactly(retry(2, 1_100, 1_000), past, scheduled);
        }
    }

    @Test
    void deadLettersKeepTheirTimesAndALostChannelAllOfThem() throws Exception {
        Claim claim = takeNew("topic", Start.DEFAULT);
        appendMany(2);
        DeliveryRow due = retry(1, 7_100, 7_000);
        settle(
                claim,
                settlement(List.of(), List.of(), List.of(due, retry(2, 1, 7_000).dead(FAILURE))));
        store.channels().release(transaction, claim, 0);
        Claim next = take(claim.channelId()).claim();

        assertThat(store.channels().moveRetries(transaction, claim, Duration.ofMillis(1)))
                .isEqualTo(Fence.LOST);
        assertThat(store.channels().capRetries(transaction, claim, 1)).isEqualTo(Fence.LOST);
        assertThat(store.channels().due(transaction, next, 9_999, 10)).containsExactly(due);
    }
}
