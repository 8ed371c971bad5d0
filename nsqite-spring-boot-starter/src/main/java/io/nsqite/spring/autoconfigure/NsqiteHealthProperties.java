package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.actuate.HealthLimits;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What the health of the queue warns of. A warning is a detail; the queue stays up.
 *
 * @param maxLag More messages before a channel than this, 0 to 100000; no limit unless set.
 * @param maxAge A due message that has waited in a channel for longer than this; no limit unless set.
 * @param maxDeadLetters More dead letters in a channel than this, 0 to 100000; no limit unless set.
 * @param channels The same for single channels, stronger, by topic and channel in brackets:
 *     nsqite.health.channels[orders.mail].max-lag=1000.
 */
@ConfigurationProperties("nsqite.health")
public record NsqiteHealthProperties(
        @Nullable Long maxLag,
        @Nullable Duration maxAge,
        @Nullable Long maxDeadLetters,
        @DefaultValue Map<String, HealthLimits> channels) {

    /** Checked while binding, so that Boot says where it stands. */
    public NsqiteHealthProperties {
        check("max-lag", maxLag);
        check("max-dead-letters", maxDeadLetters);
        if (maxAge != null && maxAge.isNegative()) {
            throw new InvalidConfigurationPropertyValueException(
                    "nsqite.health.max-age", maxAge, "It must be 0 or more.");
        }
    }

    private static void check(String name, @Nullable Long limit) {
        if (limit != null && (limit < 0 || limit > HealthLimits.GREATEST)) {
            throw new InvalidConfigurationPropertyValueException(
                    "nsqite.health." + name, limit, "It must be from 0 to %d.".formatted(HealthLimits.GREATEST));
        }
    }

    HealthLimits limits() {
        return new HealthLimits(maxLag, maxAge, maxDeadLetters);
    }
}
