package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.FailureHandler.Verdict;
import io.nsqite.message.Delivery;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A failure handler decides what becomes of what has failed. */
abstract class FailureHandlerTests extends BehaviourTest {

    private void consumeFailing(Supplier<Verdict> verdict) {
        consume(
                OPTIONS.withFatal(failure -> true).withFailureHandler((delivery, failure) -> {
                    assertThat(failure).hasMessage("no mail today");
                    return verdict.get();
                }),
                this::failOnce);
    }

    private void failOnce(Delivery delivery) {
        record(delivery);
        if (delivery.attempt() == 1) {
            throw new IllegalStateException("no mail today");
        }
    }

    @Test
    void asIfThereWereNone() {
        consumeFailing(Verdict::asConfigured);
        publish("a");
        drain();
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void doneAllTheSame() {
        consumeFailing(Verdict::done);
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1");
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void deadAtOnce() {
        consume(OPTIONS.withFailureHandler((delivery, failure) -> Verdict.dead()), this::failOnce);
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1");
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void againAfterATimeThoughItIsFatal() {
        consumeFailing(() -> Verdict.retryAfter(Duration.ofSeconds(7)));
        publish("a");
        awaitHandled(1);
        await(() -> status().retrying() == 1);
        members.pass(Duration.ofSeconds(7).minus(MILLISECOND));
        assertThat(handled).containsExactly("a 1");
        passUntil(() -> handled.size() == 2);
        drain();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void noAttemptIsAddedToTheLast() {
        consume(
                OPTIONS.withMaxAttempts(1).withFailureHandler((delivery, failure) -> Verdict.retryAfter(SECOND)),
                this::failOnce);
        publish("a");
        drain();
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void oneThatFailsItselfDecidesNothing() {
        consumeFailing(() -> {
            throw new IllegalArgumentException("judge is ill");
        });
        publish("a");
        drain();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.stack()).contains("judge is ill"));
    }

    @Test
    void inATransactionToo() throws Exception {
        ApplicationTransactions transactions = new ApplicationTransactions(queue);
        consume(
                OPTIONS.withTransaction(transactions).withFailureHandler((delivery, failure) -> Verdict.done()),
                this::failOnce);
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1");
        assertThat(deadLetters()).isEmpty();
    }
}
