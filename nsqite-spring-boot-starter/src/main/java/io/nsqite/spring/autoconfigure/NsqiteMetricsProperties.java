package io.nsqite.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings of the queue's metrics, which are there when a registry of Micrometer is.
 *
 * @param enabled Whether the queue has metrics.
 * @param maxTopics How many topics have a tag value of their own; the others share "other", and their channels have no gauges; 0 or more.
 * @param maxChannels How many channels, of all topics together, have a tag value of their own; the others share "other", and have no gauges; 0 or
 *     more.
 * @param refreshInterval How often at the most the gauges of channels look into the database, when somebody asks for them; up to 365
 *     days.
 */
@ConfigurationProperties("nsqite.metrics")
public record NsqiteMetricsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100") int maxTopics,
        @DefaultValue("500") int maxChannels,
        @DefaultValue("10s") Duration refreshInterval) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /** Checked while binding, so that Boot says where it stands. */
    public NsqiteMetricsProperties {
        check(maxTopics >= 0, "max-topics", maxTopics, "It must be 0 or more.");
        check(maxChannels >= 0, "max-channels", maxChannels, "It must be 0 or more.");
        check(
                !refreshInterval.isNegative() && refreshInterval.compareTo(LONGEST) <= 0,
                "refresh-interval",
                refreshInterval,
                "It must be from 0 to 365 days.");
    }

    private static void check(boolean valid, String name, Object value, String rule) {
        if (!valid) {
            throw new InvalidConfigurationPropertyValueException("nsqite.metrics." + name, value, rule);
        }
    }
}
