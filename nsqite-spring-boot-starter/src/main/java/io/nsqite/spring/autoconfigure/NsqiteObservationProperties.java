package io.nsqite.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the queue's observations, which are there when a registry of Micrometer for them is.
 *
 * @param enabled Whether publishing and handling are observed, and messages carry what links the traces of both.
 */
@ConfigurationProperties("nsqite.observation")
public record NsqiteObservationProperties(
        @DefaultValue("true") boolean enabled) {}
