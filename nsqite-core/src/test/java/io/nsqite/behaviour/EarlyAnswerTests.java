package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers of a handler whose return acknowledges; there is one outcome, whatever it does afterwards. */
abstract class EarlyAnswerTests extends BehaviourTest {

    /** How a handler ends that has answered. */
    enum Ending {
        RETURNS {
            @Override
            void end() {}
        },
        THROWS {
            @Override
            void end() {
                throw new IllegalStateException("no mail today");
            }
        };

        abstract void end();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsFinishedEarlyIsDoneBeforeTheHandlerEnds(Ending ending) throws Exception {
        List<Long> positions = new CopyOnWriteArrayList<>();
        consume(OPTIONS, delivery -> {
            record(delivery);
            delivery.finish();
            positions.add(queue.position(Message.DEFAULT_PRIORITY));
            ending.end();
        });
        long id = publish("a");
        await(() -> positions.size() == 1);
        assertThat(positions).containsExactly(id);

        members.pass(SECOND);
        publish("b");
        drain();
        assertThat(handled).containsExactly("a 1", "b 1");
        assertThat(deadLetters()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRequeuedComesAfterTheHandlersOwnDelayOnce(Ending ending) throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                delivery.requeue(Duration.ofSeconds(20));
                ending.end();
            }
        });
        publish("a");
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        members.pass(Duration.ofSeconds(20).minus(MILLISECOND));
        assertThat(status().retrying()).isEqualTo(1);
        assertThat(handled).containsExactly("a 1");
        members.pass(MILLISECOND);
        awaitHandled(2);
        drain();
        assertThat(handled).containsExactly("a 1", "a 2");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRejectedIsADeadLetterWithTheReason(Ending ending) {
        consume(OPTIONS, delivery -> {
            record(delivery);
            delivery.reject(new IllegalArgumentException("unknown customer"));
            ending.end();
        });
        publish("a");
        drain();
        members.pass(SECOND);
        assertThat(handled).containsExactly("a 1");
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).contains("unknown customer"));
    }

    @Test
    void aSecondAnswerIsRefusedAlsoAfterTheHandlersReturn() {
        List<Delivery> kept = new CopyOnWriteArrayList<>();
        List<RuntimeException> refusals = new CopyOnWriteArrayList<>();
        consume(OPTIONS, delivery -> {
            if (text(delivery).equals("twice")) {
                delivery.finish();
                try {
                    delivery.requeue();
                } catch (IllegalStateException refused) {
                    refusals.add(refused);
                }
            }
            kept.add(delivery);
        });
        publishAll("twice", "once");
        drain();
        assertThat(refusals)
                .singleElement()
                .satisfies(refused -> assertThat(refused).hasMessageContaining("answered already"));
        assertThat(kept)
                .hasSize(2)
                .allSatisfy(delivery -> assertThatThrownBy(delivery::requeue)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("answered already"));
    }

    @Test
    void aTouchDoesNothingAsThereIsNoLease() throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            gate.pass();
            delivery.touch();
        });
        publish("a");
        gate.awaitArrivals(1);
        members.pass(OPTIONS.ackLease().multipliedBy(2));
        gate.open();
        drain();
        assertThat(handled).containsExactly("a 1");
    }
}
