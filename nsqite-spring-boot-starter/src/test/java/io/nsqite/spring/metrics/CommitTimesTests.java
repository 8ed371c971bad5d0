package io.nsqite.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitTimesTests {

    private final CommitTimes times = new CommitTimes();

    @Test
    void whatIsNotKnownHasNoTime() {
        assertThat(times.of(1)).isEmpty();
    }

    @Test
    void aYoungerMessageTakesThePlaceOfAnOldOne() {
        times.committed(7, 100);
        times.committed(8, 101);
        assertThat(times.of(7)).hasValue(100);
        times.committed(7 + CommitTimes.SIZE, 200);
        assertThat(times.of(7)).isEmpty();
        assertThat(times.of(7 + CommitTimes.SIZE)).hasValue(200);
        assertThat(times.of(8)).hasValue(101);
    }
}
