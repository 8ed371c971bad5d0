package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.ManualTimer;
import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.wakeup.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the table of retries is looked at. */
class RetriesTests {

    private final ManualTimer timer = new ManualTimer();
    private final AtomicReference<Instant> wall = new AtomicReference<>(Instant.EPOCH);
    private final EngineClock clock = new EngineClock(wall::get, timer);
    private final AtomicInteger alarms = new AtomicInteger();
    private Retries retries;

    @BeforeEach
    @SuppressWarnings("NullAway") // knows neither database nor threads
    void create() {
        Engine engine = new Engine(null, null, null, null, null, timer, clock, null, Hooks.none());
        RetryPolicy policy =
                new RetryPolicy(ConsumerOptions.defaults(), new RetryClock(clock, new Clocks(0, 0)), new Random());
        InMemory memory =
                new InMemory(null, null, policy, Turns.NO_MATTER, null, new FixedPortions(ConsumerOptions.defaults()));
        retries = new Retries(engine, null, memory, () -> {
            alarms.incrementAndGet();
            retries.look();
        });
    }

    private void looked(Optional<Long> nextDue) {
        retries.nextDue(nextDue);
    }

    private static List<DeliveryRow> due(long at) {
        return List.of(new DeliveryRow(1, 4, DeliveryState.DUE, at, 1, null, null));
    }

    private static List<DeliveryRow> scheduled(long at) {
        return List.of(new DeliveryRow(1, 4, DeliveryState.SCHEDULED, at, 0, null, null));
    }

    @Test
    void theFirstLookIsAtTheStartAndTheNextWhenSomethingIsDue() {
        assertThat(retries.isDue()).isTrue();
        retries.looking();
        looked(Optional.of(1000L));
        assertThat(retries.isDue()).isFalse();
        timer.advance(Duration.ofMillis(999));
        assertThat(retries.isDue()).isFalse();
        timer.advance(Duration.ofMillis(1));
        assertThat(retries.isDue()).isTrue();
    }

    @Test
    void whatBecomesDueDuringALookAsksForAnother() {
        retries.looking();
        retries.noticed(due(0));
        timer.advance(Duration.ZERO);
        looked(Optional.empty());
        assertThat(retries.isDue()).isTrue();
    }

    @Test
    void whatIsLeftDueIsLookedForAtOnce() {
        retries.looking();
        looked(Optional.of(0L));
        assertThat(retries.isDue()).isTrue();
        assertThat(alarms).hasValue(0);
    }

    @Test
    void whatIsScheduledIsLookedForWhenTheWallClockShowsItsTime() {
        retries.looking();
        wall.set(Instant.ofEpochMilli(100_000));
        clock.follow();
        retries.noticed(due(9000));
        retries.noticed(scheduled(102_000));
        timer.advance(Duration.ofMillis(1999));
        assertThat(alarms).hasValue(0);
        timer.advance(Duration.ofMillis(1));
        assertThat(alarms).hasValue(1);
    }

    @Test
    void theEarliestTimeCounts() {
        retries.looking();
        looked(Optional.of(5000L));
        retries.noticed(due(2000));
        retries.noticed(due(9000));
        timer.advance(Duration.ofSeconds(2));
        assertThat(retries.isDue()).isTrue();
        timer.advance(Duration.ofSeconds(10));
        assertThat(alarms).as("the later alarm was replaced").hasValue(1);
    }
}
