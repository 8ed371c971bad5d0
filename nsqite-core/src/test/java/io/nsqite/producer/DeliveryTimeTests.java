package io.nsqite.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.message.NewMessage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryTimeTests {

    private static final NewMessage MESSAGE = NewMessage.to("orders", "x");
    private static final Instant TIME = Instant.parse("2026-03-29T01:00:00Z");

    @Test
    void withoutADelayOrWithNoneAMessageIsDeliveredAtOnce() {
        assertThat(DeliveryTime.of(MESSAGE, 10)).isNull();
        assertThat(DeliveryTime.of(MESSAGE.withDelay(Duration.ZERO), 10)).isNull();
    }

    @Test
    void partsOfAMillisecondAreRoundedUpSoThatNothingComesTooEarly() {
        assertThat(DeliveryTime.of(MESSAGE.withDelay(Duration.ofNanos(1)), 10)).isEqualTo(11);
        assertThat(DeliveryTime.of(MESSAGE.withDelay(Duration.ofMillis(2)), 10)).isEqualTo(12);
        assertThat(DeliveryTime.of(MESSAGE.withDeliverAt(TIME), 10)).isEqualTo(TIME.toEpochMilli());
        assertThat(DeliveryTime.of(MESSAGE.withDeliverAt(TIME.plusNanos(1)), 10))
                .isEqualTo(TIME.toEpochMilli() + 1);
    }

    @Test
    void aTimeThatHasPassedIsAtOnce() {
        assertThat(DeliveryTime.of(MESSAGE.withDeliverAt(TIME), TIME.toEpochMilli() - 1))
                .isEqualTo(TIME.toEpochMilli());
        assertThat(DeliveryTime.of(MESSAGE.withDeliverAt(TIME), TIME.toEpochMilli()))
                .isNull();
        assertThat(DeliveryTime.of(MESSAGE.withDeliverAt(Instant.ofEpochMilli(Long.MIN_VALUE)), 10))
                .isNull();
    }

    @Test
    void theFarthestTimesThatAreAllowedCanBeStored() {
        assertThat(DeliveryTime.of(MESSAGE.withDeliverAt(Instant.ofEpochMilli(Long.MAX_VALUE)), 10))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(DeliveryTime.of(MESSAGE.withDelay(Duration.ofMillis(Long.MAX_VALUE)), 0))
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aDelayThatEndsBeyondAllTimeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DeliveryTime.of(MESSAGE.withDelay(Duration.ofMillis(Long.MAX_VALUE)), 1))
                .withMessageContainingAll("delay", "milliseconds since 1970", "PT2562047788015H12M55.807S");
    }
}
