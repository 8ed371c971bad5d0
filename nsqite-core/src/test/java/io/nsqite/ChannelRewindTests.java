package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.DeadLetterQuery;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rewinding a channel whose consumer runs in this process. */
class ChannelRewindTests extends OperatingTest {

    @Test
    void everythingFromTheMessageOnComesAgainInItsOrder() {
        consume();
        List<Long> published = publishMany(100);
        drain();
        handled.clear();
        admin.rewind(CHANNEL, published.get(60));
        drain();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published.subList(60, 100));

        handled.clear();
        admin.rewind(CHANNEL, 1);
        drain();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void whatWasHandledJustBeforeTheCallComesAgain() {
        nsqite.consume(CHANNEL.topic(), CHANNEL.channel(), OPTIONS.withConcurrency(1), this::handle);
        for (int round = 0; round < 50; round++) {
            long id = publish("x");
            long next = publish("y");
            await(() -> handled.contains(next)); // so the handler has returned from the one before
            handled.clear();
            admin.rewind(CHANNEL, id);
            await(() -> handled.contains(id));
            drain();
            handled.clear();
        }
    }

    @Test
    void whatIsInHandIsNotHandedOutOnceMore() {
        consume();
        List<Long> published = publishMany(10);
        long held = publish("hold");
        awaitHolding(1);
        List<Long> later = publishMany(10);
        await(() -> handled.size() == 20);
        handled.clear();

        admin.rewind(CHANNEL, 1);
        await(() -> handled.size() == 20);
        assertThat(holding.availablePermits()).isZero();
        release.countDown();
        drain();

        assertThat(handled).containsAll(published).containsAll(later).contains(held);
        assertThat(handled).hasSize(21);
    }

    @Test
    void deadLettersStayDeadAndWhatWaitsForARetryComesAsNew() throws Exception {
        consume();
        publish("fail");
        long retried = publish("hold-fail");
        awaitHolding(1);
        await(() -> status().dead() == 1);
        admin.rewind(CHANNEL, 1);
        release.countDown();
        drain();
        assertThat(status().dead()).isEqualTo(2);
        assertThat(admin.deadLetters(DeadLetterQuery.all()))
                .extracting(dead -> dead.message().id(), dead -> dead.attempts())
                .contains(org.assertj.core.groups.Tuple.tuple(retried, 2));
        assertThat(file.rows("SELECT message_id FROM nsqite_done")).isEmpty();
    }

    @Test
    void aChannelIsRewoundToATime() throws Exception {
        consume();
        publishMany(10);
        drain();
        file.execute("UPDATE nsqite_message SET published_at = id * 1000");
        handled.clear();

        admin.rewind(CHANNEL, Instant.ofEpochMilli(6500));
        drain();
        assertThat(handled).containsExactlyInAnyOrder(7L, 8L, 9L, 10L);

        handled.clear();
        admin.rewind(CHANNEL, Instant.ofEpochMilli(7000).plusNanos(1)); // it may have been published a little later
        drain();
        assertThat(handled).containsExactlyInAnyOrder(7L, 8L, 9L, 10L);

        handled.clear();
        admin.rewind(CHANNEL, Instant.ofEpochMilli(11_000));
        admin.rewind(CHANNEL, Instant.MAX);
        assertThat(handled).isEmpty();
        admin.rewind(CHANNEL, Instant.MIN);
        drain();
        assertThat(handled).hasSize(10);
    }

    @Test
    void aChannelIsNotMovedForward() {
        consume();
        publishMany(3);
        drain();
        admin.pause(CHANNEL);
        publishMany(3);
        assertThatThrownBy(() -> admin.rewind(CHANNEL, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders.mail can't be rewound to message 6, as it is only at message 3")
                .hasMessageContaining("purge");
        assertThatThrownBy(() -> admin.rewind(CHANNEL, Instant.MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is only at message 3");
        assertThatThrownBy(() -> admin.rewind(CHANNEL, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message 0");
        admin.rewind(CHANNEL, 4); // is where it is
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).hasSize(6);
    }

    @Test
    void messagesOfOtherTopicsAreNothingToBeSkipped() {
        consume();
        long id = publish("x");
        drain();
        nsqite.producer().publish("other", "x");
        long newest = nsqite.producer().publish("other", "x");
        admin.rewind(CHANNEL, newest + 1);
        admin.rewind(CHANNEL, newest + 100);
        drain();
        assertThat(handled).containsExactly(id);
    }
}
