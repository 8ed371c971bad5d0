package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a handler throws after it has answered changes nothing, but does not disappear. */
abstract class FailureAfterAnswerTests extends BehaviourTest {

    private static final IllegalStateException FAILURE = new IllegalStateException("no mail today");

    private final RecordedLog log = RecordedLog.open();

    @AfterEach
    void closeLog() {
        log.close();
    }

    private void assertLoggedOnce(ConsumerOptions options, MessageHandler handler) {
        consume(options, handler);
        publish("a");
        await(() -> !log.failures(Level.WARN).isEmpty());
        drain();
        assertThat(log.failures(Level.WARN)).containsExactly("no mail today");
        assertThat(log.lines(Level.WARN, "attempt 1 of message 1"))
                .singleElement()
                .asString()
                .contains("answered");
    }

    private static void finishAndFail(Delivery delivery) {
        delivery.finish();
        throw FAILURE;
    }

    @Test
    void inAutomaticMode() {
        assertLoggedOnce(OPTIONS, FailureAfterAnswerTests::finishAndFail);
    }

    @Test
    void inManualMode() {
        assertLoggedOnce(OPTIONS.withAckMode(AckMode.MANUAL), FailureAfterAnswerTests::finishAndFail);
    }

    @Test
    void inATransaction() throws Exception {
        assertLoggedOnce(OPTIONS.withTransaction(new ApplicationTransactions(queue)), delivery -> {
            if (delivery.attempt() == 1) {
                delivery.requeue();
                throw FAILURE;
            }
        });
    }

    @Test
    void ofANamedElementOfABatch() {
        assertLoggedOnce(OPTIONS.withBatchSize(3), (BatchHandler) deliveries -> {
            deliveries.get(0).finish();
            throw new BatchElementFailedException(0, FAILURE);
        });
    }

    @Test
    void aFailureThatCountsIsNoSuchThing() {
        consume(OPTIONS, delivery -> {
            if (delivery.attempt() == 1) {
                throw FAILURE;
            }
        });
        publish("a");
        drain();
        assertThat(log.failures(Level.WARN)).isEmpty();
    }
}
