package io.nsqite.spring.autoconfigure;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Actuator endpoint of the queue.
 *
 * @param showPayloads When to show the payloads and headers of messages, and errors and stacks of messages that could not be read, which may
 *     quote them. Errors of handlers are always shown.
 * @param roles Roles that a user needs one of to be shown payloads with "when-authorized". When empty, all authenticated users are
 *     authorized.
 */
@ConfigurationProperties("nsqite.actuator")
public record NsqiteEndpointProperties(
        @DefaultValue("never") Show showPayloads,
        @DefaultValue Set<String> roles) {}
