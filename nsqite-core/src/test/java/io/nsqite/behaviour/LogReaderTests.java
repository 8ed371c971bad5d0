package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.message.NewMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading a topic as a log: fetch, commit, seek. */
abstract class LogReaderTests extends LogTest {

    @Test
    void aFetchBringsWhatComesAfterTheCommittedOffsetInTheOrderOfIds() {
        openLog();
        assertThat(log.committed()).isZero();
        assertThat(fetch(10)).isEmpty();
        List<Long> ids = publishAll("a", "b", "c");
        assertThat(fetch(2)).containsExactly("a", "b");
        assertThat(fetch(10)).containsExactly("a", "b", "c");
        assertThat(log.committed()).isZero();
        log.commit(ids.get(1));
        assertThat(log.committed()).isEqualTo(ids.get(1));
        assertThat(fetch(10)).containsExactly("c");
        log.commit(ids.get(2));
        assertThat(fetch(10)).isEmpty();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void delaysAndPrioritiesHaveNoEffect() {
        openLog();
        publish(message("low").withPriority(0));
        publish(message("later").withDelay(Duration.ofHours(1)));
        publish("normal");
        publish(message("high").withPriority(9));
        assertThat(fetch(10)).containsExactly("low", "later", "normal", "high");
        log.commit(log.fetch(10).get(3).id());
        assertThat(fetch(10)).isEmpty();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void messagesOfOtherTopicsAndCancelledOnesAreSkipped() {
        openLog();
        publish("a");
        nsqite.producer().publish("other", "x");
        long cancelled = publish("b");
        assertThat(nsqite.producer().cancel(cancelled)).isTrue();
        publish("c");
        assertThat(fetch(10)).containsExactly("a", "c");
    }

    @Test
    void aLongStretchOfOtherTopicsIsPassedInOneFetch() {
        openLog();
        publish("a");
        nsqite.producer()
                .publish(IntStream.range(0, 25_000)
                        .mapToObj(number -> NewMessage.to("other", ""))
                        .toList());
        publish("b");
        assertThat(fetch(10)).containsExactly("a", "b");
        log.commit(log.fetch(1).get(0).id());
        assertThat(fetch(10)).containsExactly("b");
        assertThat(fetch(10)).containsExactly("b");
    }

    @Test
    void largePayloadsComeInSmallerNumbers() {
        openLog();
        byte[] large = new byte[1_000_000];
        for (int i = 0; i < 6; i++) {
            nsqite.producer().publish("orders", large);
        }
        assertThat(log.fetch(100)).hasSize(5);
        log.commit(log.fetch(100).get(4).id());
        assertThat(log.fetch(100)).hasSize(1);
    }

    @Test
    void theOffsetSurvivesARestart() {
        openLog();
        List<Long> ids = publishAll("a", "b", "c");
        log.commit(ids.get(0));
        assertThat(fetch(10)).containsExactly("b", "c");
        restart();
        openLog();
        assertThat(log.committed()).isEqualTo(ids.get(0));
        assertThat(fetch(10)).containsExactly("b", "c");
        log.close();
        openLog();
        assertThat(fetch(10)).containsExactly("b", "c");
    }

    @Test
    void aCommitAgainIsNothingAndOneBackOrBeyondTheEndIsRefused() {
        openLog();
        List<Long> ids = publishAll("a", "b");
        log.commit(ids.get(1));
        log.commit(ids.get(1));
        assertThatThrownBy(() -> log.commit(ids.get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("seek(" + ids.get(0) + ")");
        assertThatThrownBy(() -> log.commit(ids.get(1) + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the log ends before that");
        assertThat(log.committed()).isEqualTo(ids.get(1));
    }

    @Test
    void seekMovesTheGroupInEitherDirection() {
        openLog();
        List<Long> ids = publishAll("a", "b", "c");
        log.seek(ids.get(1));
        assertThat(fetch(10)).containsExactly("c");
        log.seekToEarliest();
        assertThat(fetch(10)).containsExactly("a", "b", "c");
        log.seekToLatest();
        assertThat(fetch(10)).isEmpty();
        assertThat(log.committed()).isEqualTo(ids.get(2));
        log.seek(0);
        assertThat(fetch(10)).containsExactly("a", "b", "c");
        assertThatThrownBy(() -> log.seek(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 to " + ids.get(2));
        assertThatThrownBy(() -> log.seek(ids.get(2) + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void seekGoesToATimeAndCountsByTheMillisecond() {
        openLog();
        publish("a");
        members.pass(SECOND);
        Instant second = members.now();
        publish("b");
        members.pass(SECOND);
        log.seek(second.plusNanos(999_999));
        assertThat(fetch(10)).containsExactly("b");
        log.seek(second.plusMillis(1));
        assertThat(fetch(10)).isEmpty();
        log.seek(Instant.MIN);
        assertThat(fetch(10)).containsExactly("a", "b");
        log.seek(Instant.MAX);
        assertThat(fetch(10)).isEmpty();
    }

    @Test
    void aGroupIsCreatedAndBeginsAsAChannelDoes() {
        publish("a");
        openLog();
        assertThat(fetch(10)).containsExactly("a"); // the first channel of its topic
        var second = nsqite.log("orders", "second");
        assertThat(second.fetch(10)).isEmpty();
        publish("b");
        assertThat(texts(second.fetch(10))).containsExactly("b");
        assertThat(second.topic()).isEqualTo("orders");
        assertThat(second.group()).isEqualTo("second");
        assertThat(fetch(10)).containsExactly("a", "b");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        openLog();
        assertThatThrownBy(() -> log.fetch(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxMessages must be 1 to 10000 but was 0");
        assertThatThrownBy(() -> log.fetch(10_001)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> log.fetch(1, Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> nsqite.log("or ders", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheGroupHasNotCommittedIsKept() {
        openLog();
        List<Long> ids = publishAll("a", "b");
        members.pass(Duration.ofMinutes(1));
        log.commit(ids.get(0));
        assertThat(status().waiting()).isEqualTo(1);
        assertThat(fetch(10)).containsExactly("b");
    }
}
