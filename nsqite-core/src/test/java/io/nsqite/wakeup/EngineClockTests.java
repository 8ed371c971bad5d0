package io.nsqite.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.ManualTimer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EngineClockTests {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualTimer timer = new ManualTimer();
    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.ofEpochSecond(10_000));
    private final EngineClock clock = new EngineClock(wall::get, timer);

    private void pass(Duration duration) {
        timer.advance(duration);
        wall.updateAndGet(now -> now.plus(duration));
    }

    private void set(Duration by) {
        wall.updateAndGet(now -> now.plus(by));
    }

    @Test
    void itGoesOnWithTheMonotonicTimeUntilItFollows() {
        set(HOUR);
        timer.advance(SECOND);
        assertThat(clock.millis()).isEqualTo(10_001_000);
    }

    @Test
    void itFollowsTheWallClockEitherWayAndSaysByHowMuch() {
        pass(SECOND);
        set(HOUR);
        assertThat(clock.follow()).isEqualTo(HOUR);
        assertThat(clock.millis()).isEqualTo(wall.get().toEpochMilli());
        assertThat(clock.follow()).isZero();

        pass(SECOND);
        set(HOUR.multipliedBy(-2));
        assertThat(clock.follow()).isEqualTo(HOUR.multipliedBy(-2));
        assertThat(clock.millis()).isEqualTo(wall.get().toEpochMilli());
    }

    @Test
    void littleDifferencesAreNoJumpsUntilTheyAddUp() {
        for (int look = 0; look < 3; look++) {
            pass(SECOND);
            set(Duration.ofMillis(60));
            assertThat(clock.follow()).isZero();
        }
        pass(SECOND);
        set(Duration.ofMillis(60));
        assertThat(clock.follow()).isEqualTo(Duration.ofMillis(240));
    }

    @Test
    void aWallClockThatStandsStillHasNotJumped() {
        timer.advance(HOUR);
        assertThat(clock.follow()).isZero();
        assertThat(clock.millis()).isEqualTo(13_600_000);
    }

    @Test
    void aWallClockThatGoesSlowerHasNotJumpedUntilItIsSet() {
        for (int look = 0; look < 5; look++) {
            pass(SECOND);
            set(Duration.ofMillis(-900));
            assertThat(clock.follow()).isZero();
        }
        assertThat(clock.millis()).isEqualTo(10_005_000);
        set(HOUR);
        assertThat(clock.follow()).isEqualTo(HOUR.minusMillis(4_500));
        assertThat(clock.millis()).isEqualTo(wall.get().toEpochMilli());
    }
}
