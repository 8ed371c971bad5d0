package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.ManualTimer;
import io.nsqite.store.Clocks;
import io.nsqite.wakeup.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The clock of retries, beside a wall clock that is set. */
class RetryClockTests {

    private static final Clocks NEVER_WRITTEN = new Clocks(0, 0);

    private final ManualTimer timer = new ManualTimer();
    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.ofEpochMilli(10_000));
    private final EngineClock engineClock = new EngineClock(wall::get, timer);

    private void set(long millis) {
        wall.set(Instant.ofEpochMilli(millis));
        engineClock.follow();
    }

    @Test
    void itShowsTheWallClocksTimeUntilThatIsSet() {
        RetryClock clock = new RetryClock(engineClock, NEVER_WRITTEN);
        timer.advance(Duration.ofNanos(1_999_999));
        assertThat(clock.read()).isEqualTo(new Clocks(10_001, 10_001));

        set(50_000);
        assertThat(clock.read()).isEqualTo(new Clocks(50_000, 10_001));
        timer.advance(Duration.ofMillis(5));
        assertThat(clock.millis()).isEqualTo(10_006);
        set(1_000);
        assertThat(clock.read()).isEqualTo(new Clocks(1_000, 10_006));
    }

    @Test
    void theNextGoesOnByAsMuchAsTheWallClockHasMovedOn() {
        Clocks last = new Clocks(9_000, 500);
        assertThat(new RetryClock(engineClock, last).millis()).isEqualTo(1_500);
        set(20_000);
        assertThat(new RetryClock(engineClock, last).millis()).isEqualTo(11_500);
    }

    @Test
    void theNextStandsWhereTheLastDidIfTheWallClockWasSetBack() {
        Clocks last = new Clocks(3_610_000, 3_610_000);
        RetryClock clock = new RetryClock(engineClock, last);
        assertThat(clock.read()).isEqualTo(new Clocks(10_000, 3_610_000));
        timer.advance(Duration.ofMillis(7));
        assertThat(clock.millis()).isEqualTo(3_610_007);
    }

    @Test
    void itIsPassedOnToTheMillisecond() {
        RetryClock clock = new RetryClock(engineClock, NEVER_WRITTEN);
        set(50_000);
        for (int owner = 0; owner < 100; owner++) {
            timer.advance(Duration.ofNanos(700_000));
            clock = new RetryClock(engineClock, clock.read());
        }
        assertThat(clock.read()).isEqualTo(new Clocks(50_070, 10_070));
    }
}
