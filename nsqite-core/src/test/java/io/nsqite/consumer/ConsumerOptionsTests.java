package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nsqite.retry.RetryAfterException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConsumerOptionsTests {

    private static final ConsumerOptions DEFAULTS = ConsumerOptions.defaults();
    private static final HandlerTransaction TRANSACTION = HandlerTransaction.Body::handle;

    private interface Making {
        Object make();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> DEFAULTS.withConcurrency(0), "concurrency must be 1 to 1000 but was 0"),
                refused(() -> DEFAULTS.withConcurrency(1001), "concurrency must be 1 to 1000 but was 1001"),
                refused(() -> DEFAULTS.withBatchSize(0), "batchSize must be 1 to 10000 but was 0"),
                refused(() -> DEFAULTS.withBatchSize(10_001), "batchSize must be 1 to 10000 but was 10001"),
                refused(() -> DEFAULTS.withMaxAttempts(-1), "maxAttempts must be 1 or more, or 0"),
                refused(() -> DEFAULTS.withAckLease(Duration.ZERO), "ackLease must be 1 ms to 365 days but was PT0S"),
                refused(() -> DEFAULTS.withAckLease(Duration.ofDays(366)), "ackLease must be 1 ms to 365 days"),
                refused(
                        () -> DEFAULTS.withAckMode(AckMode.MANUAL).withTransaction(TRANSACTION),
                        "ackMode MANUAL and a transaction exclude each other"),
                refused(
                        () -> DEFAULTS.withTransaction(TRANSACTION).withAckMode(AckMode.MANUAL),
                        "ackMode MANUAL and a transaction exclude each other"),
                refused(
                        () -> DEFAULTS.withKeyOrder(KeyOrder.SKIP_DEAD).withBatchSize(2),
                        "batchSize must be 1 but was 2"),
                refused(
                        () -> DEFAULTS.withBatchSize(2).withKeyOrder(KeyOrder.HOLD_BEHIND_DEAD),
                        "batchSize must be 1 but was 2"),
                refused(
                        () -> new Subscription("orders", "mail", DEFAULTS.withBatchSize(3), delivery -> {}),
                        "channel 'mail' of topic 'orders' has batchSize 3"),
                refused(() -> new Subscription("or ders", "mail", DEFAULTS, delivery -> {}), "or ders"),
                refused(() -> new Subscription("orders", "", DEFAULTS, delivery -> {}), "channel"),
                refused(() -> new RetryAfterException(Duration.ofMillis(-5), null), "delay must be zero or more"));
    }

    private static Arguments refused(Making making, String message) {
        return arguments(making, message);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void refused(Object making, String message) {
        assertThatThrownBy(((Making) making)::make)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theRestMayBeCombined() {
        assertThatCode(() -> {
                    DEFAULTS.withBatchSize(10).withTransaction(TRANSACTION);
                    DEFAULTS.withBatchSize(10).withAckMode(AckMode.MANUAL);
                    DEFAULTS.withKeyOrder(KeyOrder.SKIP_DEAD).withAckMode(AckMode.MANUAL);
                    DEFAULTS.withKeyOrder(KeyOrder.HOLD_BEHIND_DEAD).withTransaction(TRANSACTION);
                })
                .doesNotThrowAnyException();
    }
}
