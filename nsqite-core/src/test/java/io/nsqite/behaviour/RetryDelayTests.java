package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.MessageHandler;
import io.nsqite.retry.RetryAfterException;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a failed message comes again, as its exception or the options say. */
abstract class RetryDelayTests extends BehaviourTest {

    private static final Duration CHOSEN = Duration.ofSeconds(4);

    private void assertComesAgainAfter(Duration delay, MessageHandler failing) throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (text(delivery).equals("a") && delivery.attempt() == 1) {
                failing.handle(delivery);
            }
        });
        publish("a");
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        members.pass(delay.minus(MILLISECOND));
        publish("just before");
        awaitHandled(2);
        members.pass(MILLISECOND);
        awaitHandled(3);
        drain();
        assertThat(handled).containsExactly("a 1", "just before 1", "a 2");
    }

    @Test
    void theBackoffDecides() throws Exception {
        assertComesAgainAfter(SECOND, delivery -> {
            throw new IllegalStateException("no mail today");
        });
    }

    @Test
    void anExceptionMayChooseTheDelay() throws Exception {
        assertComesAgainAfter(CHOSEN, delivery -> {
            throw new RetryAfterException(CHOSEN, null);
        });
    }

    @Test
    void alsoAsTheCauseOfAnother() throws Exception {
        assertComesAgainAfter(CHOSEN, delivery -> {
            throw new Exception("as a proxy wraps it", new Error(new RetryAfterException(CHOSEN, null)));
        });
    }

    @Test
    void aZeroDelayIsAtOnce() throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            throw new RetryAfterException(Duration.ZERO, null);
        });
        publish("a");
        await(() -> deadLetters().size() == 1);
        assertThat(handled).containsExactly("a 1", "a 2", "a 3", "a 4");
    }

    @Test
    void theLastAttemptIsTheLastAllTheSame() {
        consume(OPTIONS.withMaxAttempts(1), delivery -> {
            record(delivery);
            throw new RetryAfterException(CHOSEN, new IllegalStateException("no mail today"));
        });
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1");
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.stack()).contains("no mail today"));
    }

    @Test
    void whatCantBeCuredIsDeadWhateverDelayWasChosen() {
        consume(OPTIONS.withFatal(failure -> failure.getCause() instanceof ArithmeticException), delivery -> {
            record(delivery);
            throw new RetryAfterException(CHOSEN, new ArithmeticException("1/0"));
        });
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1");
        assertThat(deadLetters()).hasSize(1);
    }
}
