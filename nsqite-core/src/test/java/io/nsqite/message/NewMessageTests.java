package io.nsqite.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NewMessageTests {

    private static final NewMessage MESSAGE = NewMessage.to("orders", "x");
    private static final Instant TIME = Instant.parse("2026-03-29T01:00:00Z");

    @Test
    void nothingIsSpecialUnlessAskedFor() {
        assertThat(MESSAGE.priority()).isEqualTo(4);
        assertThat(MESSAGE.delay()).isNull();
        assertThat(MESSAGE.deliverAt()).isNull();
        assertThat(MESSAGE.deduplicationKey()).isNull();
    }

    @Test
    void allOptionsStandSideBySide() {
        NewMessage message = MESSAGE.withDelay(Duration.ofSeconds(2))
                .withDeduplicationKey("once")
                .withPriority(9)
                .withKey("42")
                .withHeader("tenant", "a");
        assertThat(message.delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(message.deduplicationKey()).isEqualTo("once");
        assertThat(message.priority()).isEqualTo(9);
        assertThat(message.key()).isEqualTo("42");
        assertThat(message.headers()).containsEntry("tenant", "a");
        assertThat(MESSAGE.priority()).as("the original").isEqualTo(4);
    }

    @Test
    void delayAndTimeReplaceEachOther() {
        NewMessage delayed = MESSAGE.withDeliverAt(TIME).withDelay(Duration.ofSeconds(1));
        assertThat(delayed.deliverAt()).isNull();
        assertThat(delayed.delay()).isEqualTo(Duration.ofSeconds(1));

        NewMessage timed = delayed.withDeliverAt(TIME);
        assertThat(timed.delay()).isNull();
        assertThat(timed.deliverAt()).isEqualTo(TIME);
    }

    @Test
    void aBadDelayIsRefusedWithNameRuleAndValue() {
        Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
        assertRefused(() -> MESSAGE.withDelay(Duration.ofMillis(-1)), "delay", "zero or more", "PT-0.001S");
        assertRefused(() -> MESSAGE.withDelay(forever), "delay", "milliseconds", forever.toString());
        assertRefused(() -> MESSAGE.withDelay(Duration.ofMillis(Long.MAX_VALUE).plusNanos(1)), "delay", "milliseconds");
    }

    @Test
    void aTimeTooFarAwayIsRefusedWithNameRuleAndValue() {
        for (Instant time : new Instant[] {
            Instant.MAX, Instant.MIN, Instant.ofEpochMilli(Long.MAX_VALUE).plusNanos(1)
        }) {
            assertRefused(() -> MESSAGE.withDeliverAt(time), "deliverAt", "milliseconds", time.toString());
        }
    }

    @Test
    void aPriorityOutOfItsRangeIsRefusedWithNameRuleAndValue() {
        assertThat(MESSAGE.withPriority(0).priority()).isZero();
        assertRefused(() -> MESSAGE.withPriority(-1), "priority", "0 (lowest) to 9", "-1");
        assertRefused(() -> MESSAGE.withPriority(10), "priority", "0 (lowest) to 9", "10");
    }

    @Test
    void aBadDeduplicationKeyIsRefusedWithNameRuleAndValue() {
        String longest = "x".repeat(255);
        assertThat(MESSAGE.withDeduplicationKey(longest).deduplicationKey()).isEqualTo(longest);
        assertRefused(() -> MESSAGE.withDeduplicationKey(""), "deduplicationKey", "1 to 255 characters", "''");
        assertRefused(() -> MESSAGE.withDeduplicationKey(longest + "y"), "deduplicationKey", "xy'", "256");
        assertRefused(() -> MESSAGE.withDeduplicationKey("a\uD83D"), "deduplicationKey", "surrogate pair", "'a");
        assertRefused(() -> MESSAGE.withKey("a\uD83D"), "key", "surrogate pair", "'a");
        assertThat(MESSAGE.withKey("a\uD83D\uDE00").key()).isEqualTo("a\uD83D\uDE00");
    }

    private static void assertRefused(ThrowingCallable call, String... texts) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(texts);
    }
}
