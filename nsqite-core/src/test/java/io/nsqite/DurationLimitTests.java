package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A duration that can't be counted in milliseconds or nanoseconds is refused when it is given, or means for ever. */
@Timeout(30)
class DurationLimitTests {

    private static final Duration MILLISECOND = Duration.ofMillis(1);
    private static final Map<String, Function<Duration, Object>> SETTINGS = Map.of(
            "lease", NsqiteOptions.defaults()::withLease,
            "sharedPollInterval", interval -> NsqiteOptions.defaults().withPollIntervals(interval, MILLISECOND),
            "idlePollInterval", interval -> NsqiteOptions.defaults().withPollIntervals(MILLISECOND, interval),
            "stopTimeout", NsqiteOptions.defaults()::withStopTimeout,
            "retention.consumed", RetentionOptions.defaults()::withConsumed,
            "retention.unheard", RetentionOptions.defaults()::withUnheard,
            "ackLease", ConsumerOptions.defaults()::withAckLease,
            "delay", ExponentialBackoff.defaults().withMaxDelay(Duration.ofDays(365_000))::withDelay,
            "maxDelay", ExponentialBackoff.defaults().withDelay(Duration.ZERO)::withMaxDelay);

    @TempDir
    Path folder;

    private static Function<Duration, Object> setting(String name) {
        return Objects.requireNonNull(SETTINGS.get(name), name);
    }

    @ParameterizedTest
    @CsvSource({
        "lease, PT0.999999999S, must be 1 s to 365 days but was",
        "lease, P365DT0.000000001S, must be 1 s to 365 days but was",
        "lease, P200000D, must be 1 s to 365 days but was",
        "lease, PT-2562047788015215H, must be 1 s to 365 days but was",
        "sharedPollInterval, PT0.000999999S, must be 1 ms to 365 days but was",
        "sharedPollInterval, PT2562047788015215H, must be 1 ms to 365 days but was",
        "idlePollInterval, PT-1S, must be 1 ms to 365 days but was",
        "idlePollInterval, P200000D, must be 1 ms to 365 days but was",
        "stopTimeout, PT-2562047788015215H, must be zero or more but was",
        "retention.consumed, PT-2562047788015215H, must be zero or more but was",
        "retention.unheard, PT-2562047788015215H, must be more than zero but was",
        "ackLease, PT0.000999999S, must be 1 ms to 365 days but was",
        "ackLease, PT2562047788015215H, must be 1 ms to 365 days but was",
        "ackLease, PT-2562047788015215H, must be 1 ms to 365 days but was",
        "delay, PT-0.000000001S, 'must be zero or more, up to 365000 days, but was'",
        "delay, P365000DT1S, 'must be zero or more, up to 365000 days, but was'",
        "maxDelay, P365000DT1S, 'must be zero or more, up to 365000 days, but was'",
        "maxDelay, PT2562047788015215H, 'must be zero or more, up to 365000 days, but was'"
    })
    void whatIsOutOfRangeIsRefusedWithNameRuleAndValue(String name, Duration value, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting(name).apply(value))
                .withMessageContaining(name + " " + rule)
                .withMessageContaining(value.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "lease, PT1S",
        "lease, P365D",
        "sharedPollInterval, P365D",
        "idlePollInterval, P365D",
        "stopTimeout, PT0S",
        "stopTimeout, PT2562047788015215H",
        "retention.consumed, PT2562047788015215H",
        "retention.unheard, PT2562047788015215H",
        "ackLease, P365D",
        "delay, P365000D",
        "maxDelay, P365000D"
    })
    void theLimitsThemselvesAreAllowed(String name, Duration value) {
        assertThatCode(() -> setting(name).apply(value)).doesNotThrowAnyException();
    }

    private Nsqite open(NsqiteOptions options) {
        return Nsqite.builder(new QueueFile(folder).dataSource())
                .options(options)
                .build();
    }

    @Test
    void aQueueWorksWithTheLongestSettings() {
        Duration year = Duration.ofDays(365);
        Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
        NsqiteOptions options = NsqiteOptions.defaults()
                .withLease(year)
                .withPollIntervals(year, year)
                .withStopTimeout(forEver)
                .withRetention(new RetentionOptions(forEver, forEver));
        Duration longest = Duration.ofDays(365_000);
        ExponentialBackoff backoff = new ExponentialBackoff(longest, 1000, longest, 1);
        try (RecordedLog log = RecordedLog.open()) {
            try (Nsqite nsqite = open(options)) {
                nsqite.consume("orders", "mail", ConsumerOptions.defaults().withBackoff(backoff), delivery -> {
                    throw new IllegalStateException("on purpose");
                });
                nsqite.producer().publish("orders", "x");
                QueueFile.await(() -> nsqite.admin().channels().stream()
                                .mapToLong(ChannelStatus::retrying)
                                .sum()
                        == 1);
            }
            assertThat(log.lines(Level.ERROR, "")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"P365000D", "PT2562047788015215H", "PT2562047788015215H30M7.999999999S"})
    void aWaitThatMayTakeForEverEndsWhenItIsOver(Duration forEver) {
        try (Nsqite nsqite = open(NsqiteOptions.defaults().withStopTimeout(forEver))) {
            Consumer consumer = nsqite.consume("orders", "mail", delivery -> {});
            assertThat(consumer.awaitActive(forEver)).isTrue();
            nsqite.producer().publish("orders", "x");
            nsqite.admin().awaitDrained(forEver);
            nsqite.admin().awaitDrained("orders", forEver);
            nsqite.admin().awaitDrained(QueueFile.CHANNEL, forEver);
            assertThat(consumer.stop(forEver)).isTrue();
            consumer.start();
            assertThat(nsqite.consumers().stopAll(forEver)).isTrue();
            assertThat(nsqite.consumers().unregister(consumer, forEver)).isTrue();
        }
    }

    @Test
    void aWaitOfLessThanNoTimeIsALook() {
        Duration past = Duration.ofSeconds(Long.MIN_VALUE);
        try (Nsqite nsqite = open(NsqiteOptions.defaults())) {
            nsqite.admin().awaitDrained(past);
            Consumer stopped = nsqite.consume("orders", "mail", delivery -> {});
            assertThat(stopped.stop(QueueFile.LIMIT)).isTrue();
            assertThat(stopped.awaitActive(past)).isFalse();
        }
    }
}
