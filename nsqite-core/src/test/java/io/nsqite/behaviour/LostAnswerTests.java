package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.Consumer;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Answers that come too late, and how to keep a delivery for longer. */
abstract class LostAnswerTests extends ManualTest {
    @Test
    void whatIsNeitherAnsweredNorTouchedComesBackAndALateAnswerIsLost() {
        consume();
        Delivery late = deliver("a");
        members.pass(LEASE.minus(MILLISECOND));
        assertNothingCame();
        members.pass(MILLISECOND);

        Delivery again = next();
        assertThat(again.message().id()).isEqualTo(late.message().id());
        assertThat(again.attempt()).isEqualTo(2);
        for (Runnable answer : List.<Runnable>of(late::finish, late::requeue, late::touch, () -> reject(late))) {
            assertThatThrownBy(answer::run)
                    .isInstanceOf(DeliveryLostException.class)
                    .hasMessageContaining("lease");
        }
        again.finish();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void aTouchKeepsItForAnotherLease() {
        consume();
        Delivery touched = deliver("a");
        for (int times = 0; times < 3; times++) {
            members.pass(LEASE.minus(MILLISECOND));
            touched.touch();
        }
        members.pass(LEASE.minus(MILLISECOND));
        assertNothingCame();
        touched.finish();
        members.pass(LEASE);
        assertNothingCame();
    }

    @Test
    void whatNobodyAnswersIsADeadLetterAfterItsLastAttempt() {
        consume();
        publish("a");
        for (int attempt = 1; attempt <= 4; attempt++) {
            assertThat(next().attempt()).isEqualTo(attempt);
            members.pass(LEASE);
        }
        drain();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).contains("lease"));
    }

    @Test
    void anAnswerAfterAStopThatDidNotWaitIsLostAndTheMessageComesAgain() throws Exception {
        consume();
        Delivery lost = deliver("a");
        assertThat(consumer.stop(Duration.ZERO)).isFalse();
        assertThat(queue.isUnclean()).isTrue();
        for (Runnable answer : List.<Runnable>of(lost::finish, lost::requeue, lost::touch, () -> reject(lost))) {
            assertThatThrownBy(answer::run).isInstanceOf(DeliveryLostException.class);
        }
        consumer.start();
        Delivery again = next();
        assertThat(again.message().id()).isEqualTo(lost.message().id());
        again.finish();
    }

    @Test
    void anAnswerAfterAnotherHasTakenTheChannelIsLost() {
        consume();
        Delivery lost = deliver("a");
        Consumer other = consume(openMember(), MANUAL, deliveries::add);
        takeOverFrom(nsqite, other);
        Delivery taken = next();
        assertThat(taken.message().id()).isEqualTo(lost.message().id());

        assertThatThrownBy(lost::finish).isInstanceOf(DeliveryLostException.class);
        taken.finish();
        assertThat(status().isDrained()).isTrue();
    }
}
