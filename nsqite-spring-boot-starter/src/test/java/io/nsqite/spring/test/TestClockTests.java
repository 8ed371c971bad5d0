package io.nsqite.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class TestClockTests {

    private final TestClock clock = new TestClock();
    private final Timer timer = clock.timer();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        timer.close();
    }

    @Test
    void itGoesOnByItself() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Instant before = clock.instant();
        timer.schedule(Duration.ofMillis(5), ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Duration.between(before, clock.instant())).isGreaterThanOrEqualTo(Duration.ofMillis(5));
    }

    @Test
    void movedForwardItHasRunWhatIsDueByThenInOrder() {
        timer.schedule(Duration.ofHours(2), () -> seen.add("two hours"));
        timer.schedule(Duration.ofHours(1), () -> seen.add("an hour"));
        timer.schedule(Duration.ofHours(4), () -> seen.add("four hours"));
        Instant before = clock.instant();
        long nanosBefore = timer.nanoTime();
        clock.advance(Duration.ofHours(3));
        assertThat(seen).containsExactly("an hour", "two hours");
        assertThat(clock.instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(3)));
        assertThat(timer.nanoTime() - nanosBefore)
                .isGreaterThanOrEqualTo(Duration.ofHours(3).toNanos());
    }

    @Test
    void whatIsDueAgainAndAgainRunsOnceAndWaitsForTheNextMove() {
        timer.schedule(Duration.ofMinutes(1), this::everyMinute);
        clock.advance(Duration.ofHours(1));
        assertThat(seen).containsExactly("a minute");
        clock.advance(Duration.ofHours(1));
        assertThat(seen).containsExactly("a minute", "a minute");
    }

    private void everyMinute() {
        seen.add("a minute");
        timer.schedule(Duration.ofMinutes(1), this::everyMinute);
    }

    @Test
    void whatIsCancelledDoesNotRun() {
        timer.schedule(Duration.ofHours(1), () -> seen.add("cancelled")).cancel();
        clock.advance(Duration.ofHours(2));
        assertThat(seen).isEmpty();
    }

    @Test
    void aTaskThatFailsOrMovesTheTimeDoesNotEndIt() {
        timer.schedule(Duration.ofHours(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        timer.schedule(Duration.ofHours(2), () -> clock.advance(Duration.ofHours(1)));
        timer.schedule(Duration.ofHours(3), () -> seen.add("three hours"));
        clock.advance(Duration.ofHours(2));
        clock.advance(Duration.ZERO);
        assertThat(seen).containsExactly("three hours");
    }

    @Test
    void onceClosedItRunsNothing() {
        timer.schedule(Duration.ofHours(1), () -> seen.add("closed"));
        timer.close();
        timer.schedule(Duration.ZERO, () -> seen.add("closed"));
        clock.advance(Duration.ofHours(2));
        assertThat(seen).isEmpty();
    }

    @Test
    void itDoesNotGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
                .withMessageContaining("must be zero or more");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P36400DT1S", "P365000D", "PT2562047788015215H"})
    void itDoesNotGoFurtherThanCanBeCounted(Duration duration) {
        clock.advance(Duration.ofDays(100));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> clock.advance(duration))
                .withMessageContaining("at most PT873600H")
                .withMessageContaining("36500 days")
                .withMessageContaining(duration.toString());
        clock.advance(Duration.ofDays(36_400));
        assertThat(clock.instant()).isAfter(Instant.parse("2120-01-01T00:00:00Z"));
    }
}
