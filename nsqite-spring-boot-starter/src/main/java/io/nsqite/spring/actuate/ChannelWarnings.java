package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is worth a warning about channels, by limits for all and for single ones. */
final class ChannelWarnings {

    /** So much is counted in any case, in a few milliseconds. */
    private static final long COUNT_AT_LEAST = 10_000;

    private final HealthLimits limits;
    private final Map<String, HealthLimits> channelLimits;

    /** @param channelLimits by topic and channel with a point between */
    ChannelWarnings(HealthLimits limits, Map<String, HealthLimits> channelLimits) {
        this.limits = limits;
        this.channelLimits = Map.copyOf(channelLimits);
    }

    long countUpTo() {
        long greatest = Math.max(COUNT_AT_LEAST, limits.countUpTo());
        for (HealthLimits each : channelLimits.values()) {
            greatest = Math.max(greatest, each.countUpTo());
        }
        return greatest;
    }

    List<String> of(ChannelStatus channel, Instant now) {
        HealthLimits limit = limits(channel);
        List<String> warnings = new ArrayList<>();
        if (channel.ownerId() == null) {
            warnings.add("nobody serves it");
        }
        if (limit.maxLag() != null && channel.lag() > limit.maxLag()) {
            warnings.add("%s messages lie before it, more than %d"
                    .formatted(counted(channel, channel.lag()), limit.maxLag()));
        }
        Duration age = age(channel, now);
        if (limit.maxAge() != null && age.compareTo(limit.maxAge()) > 0) {
            warnings.add("its oldest message has waited for %s, more than %s".formatted(age, limit.maxAge()));
        }
        if (limit.maxDeadLetters() != null && channel.dead() > limit.maxDeadLetters()) {
            warnings.add("it has %s dead letters, more than %d"
                    .formatted(counted(channel, channel.dead()), limit.maxDeadLetters()));
        }
        return warnings;
    }

    private HealthLimits limits(ChannelStatus channel) {
        HealthLimits own = channelLimits.get(channel.name().toString());
        return own == null ? limits : own.orElse(limits);
    }

    private static String counted(ChannelStatus channel, long count) {
        return channel.exact() ? Long.toString(count) : "at least " + count;
    }

    private static Duration age(ChannelStatus channel, Instant now) {
        Instant oldest = channel.oldestWaiting();
        return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
    }
}
