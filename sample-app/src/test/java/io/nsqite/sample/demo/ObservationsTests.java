package io.nsqite.sample.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is counted of what happens. */
class ObservationsTests {

    private final Observations observations = new Observations();

    @Test
    void aMessageThatComesAgainIsRetriedButHandledOnce() {
        observations.begin();
        observations.committing(1);
        observations.started("mail", 1);
        observations.started("mail", 1);
        observations.finished("mail", 1);
        observations.finished("mail", 1);

        assertThat(observations.channel("mail").handled()).isEqualTo(1);
        assertThat(observations.channel("mail").retried()).isEqualTo(1);
        assertThat(observations.channel("mail").latency().max()).isPositive();
    }

    @Test
    void whatWasLeftFromEarlierRunsIsASignOfLifeAndNoMore() {
        observations.started("mail", 99);
        observations.finished("mail", 99);

        assertThat(observations.executions()).isEqualTo(1);
        assertThat(observations.channel("mail").handled()).isZero();
        assertThat(observations.channel("mail").retried()).isZero();
    }

    @Test
    void percentilesAreMeasuredValues() {
        List<Long> nanos = LongStream.rangeClosed(1, 200).boxed().toList();

        assertThat(Latency.of(nanos))
                .isEqualTo(new Latency(Duration.ofNanos(100), Duration.ofNanos(198), Duration.ofNanos(200)));
        assertThat(Latency.of(List.of())).isEqualTo(new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }
}
