package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.consumer.Consumer;
import org.junit.jupiter.api.Test;

/** Deleting a channel whose consumer runs in this process. */
class ChannelDeletionTests extends OperatingTest {

    @Test
    void theConsumerOfADeletedChannelStopsUntilItIsStartedExplicitly() throws Exception {
        Consumer consumer = consume();
        publishMany(5);
        publish("fail");
        drain();
        long before = Long.parseLong(file.rows("SELECT id FROM nsqite_channel").get(0));

        try (RecordedLog log = RecordedLog.open()) {
            admin.delete(CHANNEL);
            assertThat(consumer.state()).isEqualTo(Consumer.State.STOPPED);
            assertThat(log.lines(Level.INFO, "orders.mail: an operator deleted the channel"))
                    .hasSize(1);
            assertThat(log.lines(Level.WARN, "")).isEmpty();
        }
        assertThat(admin.channels()).isEmpty();
        assertThat(admin.deadLetters(DeadLetterQuery.all())).isEmpty();
        publishMany(3);
        await(() -> file.rows("SELECT channel_id FROM nsqite_cursor").isEmpty());
        assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();

        consumer.start();
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        long later = publish("x");
        drain();
        assertThat(handled).as("it starts at the end").hasSize(6).endsWith(later);
        assertThat(file.rows("SELECT id FROM nsqite_channel WHERE deleted = 0"))
                .noneMatch(id -> Long.parseLong(id) <= before);
    }

    @Test
    void answersToWhatWasInHandWhenTheChannelWasDeletedAreDropped() throws Exception {
        consume();
        publish("hold");
        publish("hold-fail");
        awaitHolding(2);
        try (RecordedLog log = RecordedLog.open()) {
            admin.delete(CHANNEL);
            release.countDown();
            await(() -> log.lines(Level.WARN, "is dropped, as the channel was given up meanwhile")
                            .size()
                    == 2);
        }
        await(() -> file.rows("SELECT channel_id FROM nsqite_cursor").isEmpty());
        assertThat(file.rows("SELECT * FROM nsqite_done")).isEmpty();
        assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();
    }

    @Test
    void aConsumerThatMeetsTheDeletionWhileItSettlesDoesNotCreateTheChannelAgain() throws Exception {
        Consumer consumer = consume();
        file.execute("UPDATE nsqite_channel SET deleted = 1, changes = changes + 1");
        publish("x");
        await(() -> consumer.state() == Consumer.State.STOPPED);
        assertThat(admin.channels()).isEmpty();
    }

    @Test
    void aHandlerDeletesItsOwnChannel() {
        Consumer consumer =
                nsqite.consume("orders", "mail", delivery -> nsqite.admin().delete(CHANNEL));
        publish("x");
        await(() ->
                consumer.state() == Consumer.State.STOPPED && admin.channels().isEmpty());
    }

    @Test
    void theMarkOfADeletedChannelGoesWhenTheQueueIsOpenedByNobodyElse() throws Exception {
        consume();
        admin.delete(CHANNEL);
        Nsqite second = Nsqite.builder(file.dataSource()).build();
        second.producer().publish("orders", "x");
        second.close();
        assertThat(file.rows("SELECT name FROM nsqite_channel")).containsExactly("mail");

        nsqite.close();
        open();
        await(() -> file.rows("SELECT name FROM nsqite_channel").isEmpty());
    }

    @Test
    void whatWasLeftOfADeletedChannelInACrashGoesAtTheNextStart() throws Exception {
        consume();
        publish("fail");
        drain();
        nsqite.close();
        file.execute("UPDATE nsqite_channel SET deleted = 1");
        open();
        await(() -> file.rows("SELECT channel_id FROM nsqite_delivery UNION ALL SELECT channel_id FROM nsqite_cursor")
                .isEmpty());
    }
}
