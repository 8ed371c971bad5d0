package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.NewMessage;
import io.nsqite.pull.LogReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of a log are taken back, before somebody has fetched them. */
abstract class LogCancelTests extends CancelTest {

    private LogReader log;

    @BeforeEach
    void openLog() {
        log = nsqite.log(CHANNEL.topic(), CHANNEL.channel());
    }

    private List<String> fetch() {
        return LogTest.texts(log.fetch(10));
    }

    @Test
    void whatATransactionIsAboutToCancelIsWithheldWithWhatComesBehindItUntilItEnds() throws Exception {
        publish("a");
        long cancelled = publish("b");
        publish("c");
        cancelIn(() -> assertThat(fetch()).containsExactly("a"), cancelled);
        assertThat(fetch()).containsExactly("a", "c");
    }

    @Test
    void theEndOfTheTransactionEndsTheWaitOfAFetch() throws Exception {
        long cancelled = publish("a");
        publish("b");
        Thread waiting = new Thread(() -> {
            try {
                handled.addAll(LogTest.texts(log.fetch(10, Duration.ofMinutes(1))));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        cancelIn(
                () -> {
                    waiting.start();
                    await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                },
                cancelled);
        waiting.join(LIMIT.toMillis());
        assertThat(handled).containsExactly("b");
    }

    @Test
    void whatWasFetchedCantBeCancelledNotEvenAfterTheReaderIsClosed() {
        long fetched = publish("a");
        long unseen = publish("b");
        assertThat(log.fetch(1)).hasSize(1);
        assertThat(cancel(fetched)).isFalse();
        assertThat(cancel(unseen)).isTrue();
        log.close();
        assertThat(cancel(fetched)).isFalse();
    }

    @Test
    void whatMayHaveBeenFetchedBeforeARestartCantBeCancelled() {
        long seen = publish("a");
        assertThat(log.fetch(1)).hasSize(1);
        log.close();
        openLog();
        assertThat(cancel(seen)).isFalse();
        assertThat(cancel(publish("b"))).isTrue();
        assertThat(cancel(publish(NewMessage.to(CHANNEL.topic(), "later").withDelay(DELAY))))
                .isTrue();
    }
}
