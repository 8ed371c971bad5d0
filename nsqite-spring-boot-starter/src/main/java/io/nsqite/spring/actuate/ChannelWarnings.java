package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is worth a warning about channels, by limits for all and for single ones. */
final class ChannelWarnings {

    private final QueueAdmin admin;
    private final HealthLimits limits;
    private final Map<String, HealthLimits> channelLimits;

    /** @param channelLimits by topic and channel with a point between */
    ChannelWarnings(QueueAdmin admin, HealthLimits limits, Map<String, HealthLimits> channelLimits) {
        this.admin = admin;
        this.limits = limits;
        this.channelLimits = Map.copyOf(channelLimits);
    }

    /** What was found, by channel, and which of those that have limits of their own there are not. */
    record Found(Map<String, List<String>> warnings, Set<String> unknownChannels) {}

    /** Each channel is counted as far as its limits need it, and no further. */
    Found look(Instant now) {
        Map<String, List<String>> warnings = new TreeMap<>();
        Set<String> unknown = new TreeSet<>(channelLimits.keySet());
        for (ChannelStatus channel : admin.channels(1)) {
            String name = channel.name().toString();
            unknown.remove(name);
            List<String> ofChannel = of(channel, now);
            if (!ofChannel.isEmpty()) {
                warnings.put(name, ofChannel);
            }
        }
        return new Found(warnings, unknown);
    }

    private List<String> of(ChannelStatus channel, Instant now) {
        List<String> warnings = new ArrayList<>();
        if (channel.ownerId() == null) {
            warnings.add("nobody serves it");
        }
        HealthLimits limit = limits(channel.name());
        if (!limit.areNone()) {
            admin.channel(channel.name(), limit.countUpTo())
                    .ifPresent(counted -> compare(counted, limit, now, warnings));
        }
        return warnings;
    }

    private HealthLimits limits(ChannelName name) {
        HealthLimits own = channelLimits.get(name.toString());
        return own == null ? limits : own.orElse(limits);
    }

    private static void compare(ChannelStatus channel, HealthLimits limit, Instant now, List<String> warnings) {
        if (isUncounted(channel, limit)) {
            warnings.add("what lies before it could not be counted, as its position is too far behind");
        }
        if (limit.maxLag() != null && channel.lag() > limit.maxLag()) {
            warnings.add("%s messages lie before it, more than %d"
                    .formatted(counted(channel.lag(), channel.lagExact()), limit.maxLag()));
        }
        Duration age = age(channel, now);
        if (limit.maxAge() != null && age.compareTo(limit.maxAge()) > 0) {
            warnings.add("its oldest message has waited for %s, more than %s".formatted(age, limit.maxAge()));
        }
        if (limit.maxDeadLetters() != null && channel.dead() > limit.maxDeadLetters()) {
            warnings.add("it has %s dead letters, more than %d"
                    .formatted(counted(channel.dead(), channel.exact()), limit.maxDeadLetters()));
        }
    }

    /** Whether it can't be told if a limit is passed. */
    private static boolean isUncounted(ChannelStatus channel, HealthLimits limit) {
        boolean lagMayBePassed = limit.maxLag() != null && channel.lag() <= limit.maxLag() && !channel.lagExact();
        return lagMayBePassed || (limit.maxAge() != null && !channel.isOldestKnown());
    }

    private static String counted(long count, boolean exact) {
        return exact ? Long.toString(count) : "at least " + count;
    }

    private static Duration age(ChannelStatus channel, Instant now) {
        Instant oldest = channel.oldestWaiting();
        return oldest == null ? Duration.ZERO : Duration.between(oldest, now);
    }
}
