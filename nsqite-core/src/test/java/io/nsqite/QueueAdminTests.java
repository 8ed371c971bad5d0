package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.Consumer;
import io.nsqite.sqlite.SqliteConnection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pausing and purging a channel whose consumer runs in this process, and what all calls have in common. */
class QueueAdminTests extends OperatingTest {

    // ---- pause and resume ----

    @Test
    void aPausedChannelHandsOutNothingFromTheReturnOfTheCallOnUntilItIsResumed() {
        consume();
        admin.pause(CHANNEL);
        nsqite.consume("orders", "audit", delivery -> holding.release());
        List<Long> published = publishMany(50);
        awaitHolding(50);

        assertThat(handled).isEmpty();
        assertThat(status().paused()).isTrue();
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void nothingThatWaitsInMemoryBeginsOnceThePauseHasReturned() {
        consume();
        nsqite.consume("other", "mail", delivery -> holding.release());
        publishMany(4990);
        for (int i = 0; i < 10; i++) {
            publish("hold"); // so that some are left however late the pause comes
        }
        await(() -> handled.size() > 100);
        admin.pause(CHANNEL);
        int before = handled.size();
        release.countDown();
        holding.drainPermits();
        for (int i = 0; i < 50; i++) {
            nsqite.producer().publish("other", "x");
        }
        awaitHolding(50);

        assertThat(handled).as("with those in hand").hasSizeLessThanOrEqualTo(before + OPTIONS.concurrency());
        assertThat(status().waiting()).isPositive();
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).hasSize(5000);
    }

    @Test
    void aPauseLeavesWhatIsInHandToItsHandlerAndHoldsItsRetryBack() {
        consume();
        publish("hold-fail");
        awaitHolding(1);
        admin.pause(CHANNEL);
        release.countDown();
        await(() -> status().retrying() == 1);
        assertThat(status().dead()).isZero();

        admin.resume(CHANNEL);
        drain();
        assertThat(status().dead()).isEqualTo(1);
    }

    @Test
    void aPauseOutlastsARestart() {
        consume();
        admin.pause(CHANNEL);
        long id = publish("x");
        nsqite.close();
        open();
        Consumer consumer = consume();
        assertThat(status().paused()).isTrue();
        assertThat(status().ownerId()).as("it is served all the same").isNotNull();
        assertThat(consumer.stop(LIMIT)).isTrue();
        assertThat(handled).isEmpty();
        consumer.start();
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).containsExactly(id);
    }

    // ---- purge ----

    @Test
    void aPurgeDropsWhatWaitsInMemoryAndLeavesWhatIsInHandToItsHandler() {
        consume();
        long held = publish("hold");
        long alsoHeld = publish("hold");
        publishMany(700);
        awaitHolding(2);

        assertThat(admin.purge(CHANNEL)).as("with those in hand").isEqualTo(702);
        release.countDown();
        await(() -> handled.size() == 2);
        assertThat(handled).containsExactlyInAnyOrder(held, alsoHeld);

        long next = publish("x");
        drain();
        assertThat(handled).contains(next).hasSize(3);
    }

    @Test
    void aPurgeDropsRetriesAndKeepsDeadLetters() throws Exception {
        consume();
        publish("fail");
        drain();
        publish("hold-fail");
        awaitHolding(1);
        admin.pause(CHANNEL);
        release.countDown();
        await(() -> status().retrying() == 1);

        assertThat(admin.purge(CHANNEL)).isEqualTo(1);
        admin.resume(CHANNEL);
        publish("x");
        drain();
        assertThat(status().dead()).isEqualTo(1);
        assertThat(handled).hasSize(1);
        assertThat(file.rows("SELECT message_id FROM nsqite_done")).isEmpty();
    }

    // ---- in general ----

    @Test
    void anUnknownChannelIsToldWithThoseThereAre() {
        consume();
        ChannelName unknown = new ChannelName("orders", "male");
        List<Runnable> calls = List.of(
                () -> admin.pause(unknown),
                () -> admin.resume(unknown),
                () -> admin.rewind(unknown, 1),
                () -> admin.rewind(unknown, Instant.EPOCH),
                () -> admin.purge(unknown),
                () -> admin.delete(unknown),
                () -> admin.replay(unknown, 1),
                () -> admin.discard(unknown, 1),
                () -> admin.awaitDrained(unknown, LIMIT));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("There is no channel 'male' of topic 'orders'; there are [orders.mail]"));
    }

    @Test
    void aCallInATransactionThatWritesFailsAtOnceWithAdviceAndOneThatReadsDoesNotMatter() throws Exception {
        consume();
        try (SqliteConnection connection = file.transaction();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (x INTEGER)");
            assertThatThrownBy(() -> admin.pause(CHANNEL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Pausing channel orders.mail failed")
                    .hasMessageContaining("end that transaction first");
            connection.rollback();
        }
        assertThat(status().paused()).isFalse();
        try (SqliteConnection connection = file.transaction()) {
            connection.setReadOnly(true);
            assertThat(connection.createStatement().executeQuery("SELECT 1").next())
                    .isTrue();
            admin.pause(CHANNEL);
        }
        assertThat(status().paused()).isTrue();
    }

    @Test
    void whoAwaitsInVainIsToldWhatToDo() {
        consume().stop(LIMIT);
        publishMany(1);
        assertThatThrownBy(() -> admin.awaitDrained(CHANNEL, Duration.ofMillis(20)))
                .hasMessageContaining("nobody serves it: start a listener");
        admin.pause(CHANNEL);
        assertThatThrownBy(() -> admin.awaitDrained(CHANNEL, Duration.ofMillis(20)))
                .hasMessageContaining("it is paused: resume it");
    }

    @Test
    void allChannelsOfATopicOrOfAllTopicsAreAwaited() {
        consume();
        nsqite.consume("other", "mail", delivery -> release.await());
        publishMany(100);
        nsqite.producer().publish("other", "x");
        admin.awaitDrained("orders", LIMIT);
        assertThat(handled).hasSize(100);

        assertThatThrownBy(() -> admin.awaitDrained(Duration.ofMillis(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The channels were not drained within PT0.02S: other.mail has 1 waiting")
                .hasMessageEndingWith(
                        "serves it: wait longer, or look at what its handlers do, and in the log at why they fail");
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> admin.awaitDrained(LIMIT));
        release.countDown();
        drained.join();
        assertThatThrownBy(() -> admin.awaitDrained("ordres", LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no topic 'ordres'; there are [orders, other]");
    }
}
