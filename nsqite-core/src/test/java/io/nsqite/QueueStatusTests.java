package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.MessageProgress;
import io.nsqite.admin.MessageStatus;
import io.nsqite.admin.OwnerStatus;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator sees of channels, processes and messages. */
class QueueStatusTests extends OperatingTest {

    @Test
    void aChannelShowsWhatItHasBeforeItAndSinceWhen() {
        Instant before = Instant.now().minusMillis(1);
        consume();
        publish("hold");
        awaitHolding(1);
        publish("fail");
        await(() -> status().dead() == 1);
        nsqite.producer().publish(NewMessage.to("orders", "later").withDelay(Duration.ofHours(1)));
        await(() -> status().scheduled() == 1);

        ChannelStatus status = status();
        assertThat(status.waiting()).as("what is being handled").isEqualTo(1);
        assertThat(status.lag()).isEqualTo(2);
        assertThat(status.isDrained()).isFalse();
        assertThat(status.exact()).isTrue();
        assertThat(status.oldestWaiting()).isBetween(before, Instant.now());
        assertThat(admin.channels(10)).contains(status);

        release.countDown();
        await(() -> status().lag() == 1);
        assertThat(status().oldestWaiting()).as("the scheduled one is not late").isNull();
    }

    @Test
    void aLookWithALimitCountsNoFurther() {
        consume().stop(QueueFile.LIMIT);
        publishMany(50);
        ChannelStatus status = admin.channels(20).get(0);
        assertThat(status.lag()).isEqualTo(20);
        assertThat(status.exact()).isFalse();
        assertThat(status.oldestWaiting()).isNotNull();
        assertThat(admin.channels().get(0).lag()).isEqualTo(50);
        assertThatIllegalArgumentException().isThrownBy(() -> admin.channels(0)).withMessageContaining("was 0");
    }

    @Test
    void aTransactionThatWritesHoldsNoLookUp() throws Exception {
        consume();
        long id = publish("x");
        drain();
        try (SqliteConnection business = file.transaction();
                Statement statement = business.createStatement()) {
            statement.execute("CREATE TABLE business (id INTEGER)");
            assertThat(admin.channels(100)).hasSize(1);
            assertThat(admin.owners()).hasSize(1);
            assertThat(admin.message(id)).isPresent();
            assertThat(nsqite.condition().isHealthy()).isTrue();
        }
    }

    @Test
    void theProcessesThatUseTheQueueAreListed() {
        try (Nsqite other = Nsqite.builder(file.dataSource()).build()) {
            List<OwnerStatus> owners = other.admin().owners();
            assertThat(owners).hasSize(2).isSortedAccordingTo((a, b) -> Long.compare(a.id(), b.id()));
            assertThat(owners).allSatisfy(owner -> {
                assertThat(owner.libraryVersion()).isNotEmpty();
                assertThat(owner.startedAt()).isBeforeOrEqualTo(Instant.now());
            });
            consume();
            assertThat(owners.get(0).id()).isEqualTo(status().ownerId());
        }
        assertThat(admin.owners()).hasSize(1);
    }

    @Test
    void aMessageTellsItsHistoryInEveryChannel() {
        consume();
        nsqite.consumers().register(List.of(new Subscription("orders", "audit", OPTIONS, delivery -> {})));
        long done = publish("x");
        long dead = publish("fail");
        drain();

        MessageStatus history = admin.message(dead).orElseThrow();
        assertThat(history.message().payload()).asString().isEqualTo("fail");
        assertThat(history.deliverAt()).isNull();
        assertThat(history.channels()).hasSize(2);
        assertThat(history.channels().get(0))
                .isEqualTo(new MessageProgress(
                        new ChannelName("orders", "audit"), MessageProgress.State.WAITING, 0, null, null));
        MessageProgress mail = history.channels().get(1);
        assertThat(mail.name()).isEqualTo(CHANNEL);
        assertThat(mail.state()).isEqualTo(MessageProgress.State.DEAD);
        assertThat(mail.attempts()).isEqualTo(2);
        assertThat(mail.lastFailure()).isNotNull().satisfies(failure -> {
            assertThat(failure.error()).contains("told to fail");
            assertThat(failure.stack()).contains("OperatingTest");
        });
        assertThat(admin.message(done).orElseThrow().channels().get(1).state()).isEqualTo(MessageProgress.State.DONE);
        assertThat(admin.message(99)).isEmpty();
    }

    @Test
    void aMessageThatWaitsForItsTimeTellsIt() {
        consume();
        Instant noon = Instant.parse("2999-01-01T12:00:00Z");
        long id = nsqite.producer()
                .publish(NewMessage.to("orders", "x").withDeliverAt(noon).withDeduplicationKey("once"));
        await(() -> status().scheduled() == 1);
        MessageStatus message = admin.message(id).orElseThrow();
        assertThat(message.deliverAt()).isEqualTo(noon);
        assertThat(message.deduplicationKey()).isEqualTo("once");
        assertThat(message.channels()).singleElement().satisfies(progress -> {
            assertThat(progress.state()).isEqualTo(MessageProgress.State.SCHEDULED);
            assertThat(progress.dueAt()).isEqualTo(noon);
        });

        assertThat(nsqite.producer().cancel(id)).isTrue();
        assertThat(admin.message(id)).isEmpty();
    }
}
