package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.NsqiteBuilder;
import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Every attempt is told of when it begins and when it ends, once. */
abstract class ChannelListenerTests extends BehaviourTest {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    NsqiteBuilder prepared(NsqiteBuilder builder) {
        return builder.channelListener(new Failing()).channelListener(new Recorder());
    }

    private final class Recorder implements ChannelListener {

        private void record(String event, Delivery delivery) {
            events.add(event + " " + text(delivery) + " " + delivery.attempt());
        }

        @Override
        public void handedOut(Delivery delivery) {
            record("handed out", delivery);
        }

        @Override
        public void succeeded(Delivery delivery) {
            record("succeeded", delivery);
        }

        @Override
        public void requeued(Delivery delivery) {
            record("requeued", delivery);
        }

        @Override
        public void failed(Delivery delivery, String error) {
            record("failed", delivery);
        }

        @Override
        public void dead(DeadMessage message) {
            events.add("dead %s.%s %d after %d: %s"
                    .formatted(
                            message.topic(),
                            message.channel(),
                            message.messageId(),
                            message.attempts(),
                            message.error()));
        }
    }

    /** What a listener throws changes nothing. */
    private static final class Failing implements ChannelListener {

        @Override
        public void handedOut(Delivery delivery) {
            throw new IllegalStateException("no metrics today");
        }

        @Override
        public void succeeded(Delivery delivery) {
            throw new AssertionError("no metrics today");
        }
    }

    private void fail(Delivery delivery) {
        record(delivery);
        throw new IllegalStateException("no mail today");
    }

    private void awaitEvents(String... expected) {
        await(() -> events.size() >= expected.length);
        assertThat(events).containsExactly(expected);
    }

    @Test
    void whatSucceeds() {
        consume(OPTIONS, this::record);
        publish("a");
        awaitEvents("handed out a 1", "succeeded a 1");
    }

    @Test
    void whatSucceedsSideBySide() {
        consume(OPTIONS.withConcurrency(4), this::record);
        publishAll("a", "b", "c", "d", "e", "f");
        await(() -> events.size() == 12);
        assertThat(events).doesNotHaveDuplicates();
    }

    @Test
    void whatFailsAndSucceedsThen() {
        consume(OPTIONS, delivery -> {
            if (delivery.attempt() == 1) {
                fail(delivery);
            }
        });
        publish("a");
        passUntil(() -> events.size() == 4);
        awaitEvents("handed out a 1", "failed a 1", "handed out a 2", "succeeded a 2");
    }

    @Test
    void whatDies() {
        consume(OPTIONS.withMaxAttempts(1), this::fail);
        long id = publish("a");
        awaitEvents(
                "handed out a 1",
                "failed a 1",
                "dead orders.mail " + id + " after 1: java.lang.IllegalStateException: no mail today");
    }

    @Test
    void whatItsHandlerAnswers() {
        consume(OPTIONS, delivery -> {
            switch (text(delivery)) {
                case "finished" -> delivery.finish();
                case "requeued" -> requeueOnce(delivery);
                default -> delivery.reject(new IllegalStateException("no such address"));
            }
        });
        publishAll("finished", "requeued", "rejected");
        passUntil(() -> events.size() >= 9);
        assertThat(events)
                .containsSubsequence("handed out finished 1", "succeeded finished 1")
                .containsSubsequence(
                        "handed out requeued 1", "requeued requeued 1", "handed out requeued 2", "succeeded requeued 2")
                .containsSubsequence("handed out rejected 1", "failed rejected 1")
                .hasSize(9);
    }

    private static void requeueOnce(Delivery delivery) {
        if (delivery.attempt() == 1) {
            delivery.requeue();
        }
    }

    @Test
    void whatIsAnsweredByHandOrNot() {
        ConsumerOptions options =
                OPTIONS.withAckMode(AckMode.MANUAL).withMaxAttempts(2).withAckLease(Duration.ofSeconds(5));
        Consumer consumer = consume(options, delivery -> {
            if (delivery.attempt() == 2) {
                delivery.finish();
            }
        });
        publish("a");
        awaitEvents("handed out a 1");
        assertThat(consumer.inFlight()).isEqualTo(1);
        passUntil(() -> events.size() == 4);
        awaitEvents("handed out a 1", "failed a 1", "handed out a 2", "succeeded a 2");
        assertThat(consumer.inFlight()).isZero();
    }

    @Test
    void whatATransactionAcknowledges() throws Exception {
        ApplicationTransactions transactions = new ApplicationTransactions(queue);
        consume(OPTIONS.withTransaction(transactions), delivery -> {
            if (delivery.attempt() == 1) {
                fail(delivery);
            }
        });
        publish("a");
        passUntil(() -> events.size() == 4);
        awaitEvents("handed out a 1", "failed a 1", "handed out a 2", "succeeded a 2");
    }

    @Test
    void whatABatchGivesBackIsNotCounted() {
        consume(OPTIONS.withBatchSize(3), (BatchHandler) batch -> {
            if (batch.size() == 3) {
                throw new BatchElementFailedException(1, new IllegalStateException("no mail today"));
            }
        });
        Consumer consumer = nsqite.consumers().all().get(0);
        consumer.pause();
        publishAll("a", "b", "c");
        consumer.resume();
        passUntil(() -> events.size() == 9);
        assertThat(events.subList(0, 5))
                .containsExactly("handed out a 1", "handed out b 1", "handed out c 1", "failed b 1", "succeeded a 1");
        assertThat(events.subList(5, 9))
                .containsExactlyInAnyOrder("handed out c 1", "succeeded c 1", "handed out b 2", "succeeded b 2");
    }

    @Test
    void howManyAreInFlight() {
        Consumer consumer = consume(OPTIONS.withConcurrency(3), delivery -> gate.pass());
        publishAll("a", "b", "c", "d", "e");
        await(() -> consumer.inFlight() == 3);
        gate.open();
        drain();
        assertThat(consumer.inFlight()).isZero();
        consumer.stop(LIMIT);
        assertThat(consumer.inFlight()).isZero();
    }
}
