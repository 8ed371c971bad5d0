package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.http.BrowserCheck;
import io.nsqite.spring.http.HttpSettings;
import io.nsqite.spring.http.SubscriberOptions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * The queue over HTTP.
 *
 * @param enabled Whether topics, subscribers and messages can be reached over HTTP, in an application with Spring MVC. Whoever may call it can
 *     publish, receive and delete: see docs/http.md.
 * @param basePath Where: a path that begins with / and does not end with it. Nothing else of the application can be below it.
 * @param maxBodySize Largest body of a request; from 1 byte to just below 2 GB.
 * @param idleTimeout How long this process keeps the channel of a subscriber of which nobody asks for messages or answers any, and none is in
 *     hand; then a listener or another process can have it. 1 s to 365 days.
 * @param allowedHosts Names by which the interface may be called over loopback, besides localhost, as behind a proxy on the same machine; only
 *     without Spring Security.
 * @param subscriber What holds where clients have said nothing of their subscribers.
 */
@ConfigurationProperties("nsqite.http")
public record NsqiteHttpProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("/nsqite") String basePath,
        @DefaultValue("1MB") DataSize maxBodySize,
        @DefaultValue("1m") Duration idleTimeout,
        @DefaultValue List<String> allowedHosts,
        @DefaultValue Subscriber subscriber) {

    private static final Pattern PATH = Pattern.compile("(/[a-zA-Z0-9._~-]+)+");

    private static final Duration SHORTEST_IDLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_IDLE = Duration.ofDays(365);

    /** Checked while binding, so that Boot says where it stands. */
    public NsqiteHttpProperties {
        if (!PATH.matcher(basePath).matches()) {
            throw new InvalidConfigurationPropertyValueException(
                    "nsqite.http.base-path", basePath, "It must be a path such as /nsqite or /api/queue.");
        }
        if (maxBodySize.toBytes() < 1 || maxBodySize.toBytes() > Integer.MAX_VALUE) {
            throw new InvalidConfigurationPropertyValueException(
                    "nsqite.http.max-body-size", maxBodySize, "It must be from 1 byte to just below 2 GB.");
        }
        if (idleTimeout.compareTo(SHORTEST_IDLE) < 0 || idleTimeout.compareTo(LONGEST_IDLE) > 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "nsqite.http.idle-timeout", idleTimeout, "It must be from 1 s to 365 days.");
        }
    }

    HttpSettings toSettings(BrowserCheck browsers) {
        return new HttpSettings(basePath, maxBodySize.toBytes(), browsers);
    }

    /**
     * What holds where clients have said nothing of their subscribers.
     *
     * @param maxAttempts How often a message is received before it becomes a dead letter; 0 is without end.
     * @param visibilityDuration How long a message may stay without an answer before it comes again; 100 ms to 12 hours.
     */
    public record Subscriber(
            @DefaultValue("10") int maxAttempts,
            @DefaultValue("1m") Duration visibilityDuration) {

        /** Checked while binding, so that Boot says where it stands. */
        public Subscriber {
            new SubscriberOptions(maxAttempts, visibilityDuration);
        }

        SubscriberOptions toOptions() {
            return new SubscriberOptions(maxAttempts, visibilityDuration);
        }
    }
}
