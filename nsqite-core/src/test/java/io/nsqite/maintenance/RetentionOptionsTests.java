package io.nsqite.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionOptionsTests {

    private static final RetentionOptions DEFAULTS = RetentionOptions.defaults();

    @Test
    void consumedMessagesAreKeptAWeekAndUnheardOnesForEver() {
        assertThat(DEFAULTS.consumed()).isEqualTo(Duration.ofDays(7));
        assertThat(DEFAULTS.unheard()).isNull();
        assertThat(DEFAULTS.withUnheard(Duration.ofDays(1)).withUnheard(null)).isEqualTo(DEFAULTS);
    }

    @Test
    void aBadAgeIsRefusedWithNameRuleAndValue() {
        assertThat(DEFAULTS.withConsumed(Duration.ZERO).consumed()).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withConsumed(Duration.ofSeconds(-1)))
                .withMessage("retention.consumed must be zero or more but was PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DEFAULTS.withUnheard(Duration.ZERO))
                .withMessage("retention.unheard must be more than zero but was PT0S");
    }

    @ParameterizedTest
    @CsvSource({"P7D,,PT1M", "P7D,PT1M,PT6S", "PT0S,,PT1S", "PT100S,P1D,PT10S", "PT2562047788015215H,,PT1M"})
    void whatIsKeptShorterIsLookedForMoreOften(Duration consumed, Duration unheard, Duration interval) {
        assertThat(new RetentionOptions(consumed, unheard).interval()).isEqualTo(interval);
    }
}
