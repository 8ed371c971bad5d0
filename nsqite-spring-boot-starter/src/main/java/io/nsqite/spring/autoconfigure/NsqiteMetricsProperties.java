package io.nsqite.spring.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the queue's metrics, which are there when a registry of Micrometer is.
 *
 * @param enabled Whether the queue has metrics.
 * @param maxTopics How many topics have a tag value of their own; the others share "other", and their channels have no gauges.
 * @param refreshInterval How often at the most the gauges of channels look into the database, when somebody asks for them.
 */
@ConfigurationProperties("nsqite.metrics")
public record NsqiteMetricsProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("100") int maxTopics,
        @DefaultValue("10s") Duration refreshInterval) {}
