package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.Consumer;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Answers from another thread, after the handler has returned. */
abstract class ManualAcknowledgementTests extends ManualTest {
    @Test
    void finishReturnsOnceItIsCommitted() throws Exception {
        consume();
        Delivery first = deliver("a");
        Delivery second = deliver("b");
        assertThat(queue.position(Message.DEFAULT_PRIORITY)).isZero();

        second.finish();
        assertThat(queue.position(Message.DEFAULT_PRIORITY)).isZero();
        assertThat(queue.doneAhead()).isEqualTo(1);

        first.finish();
        assertThat(queue.position(Message.DEFAULT_PRIORITY))
                .isGreaterThanOrEqualTo(first.message().id());
        drain();
        await(() -> queue.doneAhead() == 0
                && queue.position(Message.DEFAULT_PRIORITY) == second.message().id());
        assertNothingCame();
    }

    @Test
    void requeueBringsItAgainAtOnce() throws Exception {
        consume();
        Delivery first = deliver("a");
        first.requeue();
        Delivery again = next();
        assertThat(again.message().id()).isEqualTo(first.message().id());
        assertThat(again.attempt()).isEqualTo(2);
        again.finish();
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
        assertNothingCame();
    }

    @Test
    void requeueWithADelayIsCommittedWhenItReturnsAndBringsItAfterThat() throws Exception {
        consume();
        Delivery first = deliver("a");
        first.requeue(Duration.ofSeconds(7));
        assertThat(queue.deliveries(DeliveryState.DUE))
                .containsExactly(first.message().id());

        members.pass(Duration.ofSeconds(7).minus(MILLISECOND));
        assertNothingCame();
        members.pass(MILLISECOND);
        Delivery again = next();
        assertThat(again.attempt()).isEqualTo(2);
        again.finish();
    }

    @Test
    void aRefusedDelayLeavesItUnanswered() {
        consume();
        Delivery delivery = deliver("a");
        assertThatThrownBy(() -> delivery.requeue(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("delay")
                .hasMessageContaining("-0.001");
        delivery.finish();
    }

    @Test
    void rejectMakesADeadLetterWithTheReasonWhateverAttemptsAreLeft() {
        consume();
        Delivery delivery = deliver("a");
        delivery.reject(new IllegalStateException("unknown customer"));
        assertThat(deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.message().id()).isEqualTo(delivery.message().id());
            assertThat(dead.error()).contains("unknown customer");
            assertThat(dead.attempts()).isEqualTo(1);
        });
        members.pass(LEASE);
        assertNothingCame();
    }

    @Test
    void requeueAtTheLastAttemptMakesADeadLetter() {
        consumer = consume(MANUAL.withMaxAttempts(2), deliveries::add);
        deliver("a").requeue();
        Delivery last = next();
        assertThat(last.lastAttempt()).isTrue();
        last.requeue(SECOND);
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.attempts()).isEqualTo(2));
    }

    @Test
    void aSecondAnswerIsRefused() {
        consume();
        Delivery finished = deliver("a");
        finished.finish();
        Delivery requeued = deliver("b");
        requeued.requeue(SECOND);
        Delivery rejected = deliver("c");
        reject(rejected);
        for (Delivery answered : List.of(finished, requeued, rejected)) {
            for (Runnable answer :
                    List.<Runnable>of(answered::finish, answered::requeue, answered::touch, () -> reject(answered))) {
                assertThatThrownBy(answer::run)
                        .isInstanceOf(IllegalStateException.class)
                        .isNotInstanceOf(DeliveryLostException.class)
                        .hasMessageContaining("answered already");
            }
        }
    }

    @Test
    void aHandlerThatThrowsHasFailedUnlessItHasAnswered() {
        consumer = consume(MANUAL, delivery -> {
            if (delivery.attempt() == 1) {
                if (text(delivery).equals("answered")) {
                    delivery.finish();
                }
                throw new IllegalStateException("no mail today");
            }
            deliveries.add(delivery);
        });
        publish("answered");
        publish("unanswered");
        passUntil(() -> status().waiting() == 0);
        members.pass(SECOND);
        Delivery again = next();
        assertThat(text(again)).isEqualTo("unanswered");
        assertThat(again.attempt()).isEqualTo(2);
        again.finish();
        members.pass(SECOND);
        assertThat(status().isDrained()).isTrue();
        assertThat(deliveries).isEmpty();
    }

    @Test
    void stopWaitsForAnswersAndTakesThem() throws Exception {
        consume();
        Delivery delivery = deliver("a");
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> consumer.stop(LIMIT));
        await(() -> consumer.state() == Consumer.State.STOPPING);
        assertThat(stopped).isNotDone();
        delivery.finish();
        assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(queue.isUnclean()).isFalse();

        consumer.start();
        assertNothingCame();
    }

    @Test
    void anAnswerWithinAWritingTransactionOfTheThreadIsRefusedAtOnceAndMayFollowLater() throws Exception {
        consume();
        Delivery delivery = deliver("a");
        try (Effects effects = Effects.in(queue)) {
            effects.add(1);
            assertThatThrownBy(delivery::finish)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("transaction");
            effects.commit();
        }
        delivery.finish();
        assertThat(status().isDrained()).isTrue();
    }
}
