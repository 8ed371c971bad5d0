package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.ManualTimer;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.wakeup.EngineClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the table of retries is looked at. */
class RetriesTests {

    private final ManualTimer timer = new ManualTimer();
    private final AtomicInteger alarms = new AtomicInteger();
    private Retries retries;

    @BeforeEach
    @SuppressWarnings("NullAway") // knows neither database nor threads
    void create() {
        EngineClock clock = new EngineClock(InstantSource.fixed(Instant.EPOCH), timer);
        Engine engine = new Engine(null, null, null, null, null, timer, clock, null);
        InMemory memory = new InMemory(null, null, null, Turns.NO_MATTER);
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
