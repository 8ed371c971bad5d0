package io.nsqite.spring.listener;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Subscription;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says when listeners start: a line for each, and a warning for what nobody listens to. */
final class StartReport {

    private static final Logger log = LoggerFactory.getLogger(StartReport.class);

    /** More is told as at least as much: the start does not wait until all is counted. */
    private static final long COUNT_UP_TO = 100_000;

    private final QueueAdmin admin;

    StartReport(QueueAdmin admin) {
        this.admin = admin;
    }

    void write(List<RegisteredListener> listeners) {
        Map<ChannelName, ChannelStatus> unserved = new HashMap<>();
        admin.channels(COUNT_UP_TO).forEach(channel -> unserved.put(channel.name(), channel));
        for (RegisteredListener registered : listeners) {
            Subscription subscription = registered.listener().subscription();
            ChannelStatus status = unserved.remove(new ChannelName(subscription.topic(), subscription.channel()));
            write(registered.listener(), status == null ? "0" : backlog(status));
        }
        unserved.values().forEach(StartReport::warnIfUnserved);
        admin.unheardTopics().forEach(StartReport::warnUnheard);
    }

    private static void write(Listener listener, String backlog) {
        Subscription subscription = listener.subscription();
        ConsumerOptions options = subscription.options();
        log.info(
                "{}.{}: {}, concurrency {}, {}, backlog {} ({})",
                subscription.topic(),
                subscription.channel(),
                listener.startsWithApplication() ? "listening" : "not started (auto-startup is off)",
                options.concurrency(),
                options.maxAttempts() == 0 ? "attempts without end" : "max attempts " + options.maxAttempts(),
                backlog,
                listener.name());
    }

    private static String backlog(ChannelStatus channel) {
        if (!channel.isLagKnown()) {
            return "not yet counted";
        }
        return channel.lagExact() ? Long.toString(channel.lag()) : channel.lag() + " or more";
    }

    private static void warnIfUnserved(ChannelStatus channel) {
        if (channel.ownerId() == null) {
            log.warn(
                    "{}: nobody serves this channel, and {} messages wait for it. Has its listener been renamed or removed?"
                            + " It keeps its position until a listener serves it again",
                    channel.name(),
                    backlog(channel));
        }
    }

    private static void warnUnheard(String topic) {
        log.warn("{}: nobody listens to this topic. Has its listener been renamed or removed?", topic);
    }
}
