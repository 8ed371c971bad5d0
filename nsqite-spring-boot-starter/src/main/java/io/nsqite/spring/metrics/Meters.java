package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of topics and channels, each made when something happens there for the first time. Safe for use by many threads. */
final class Meters {

    private final MeterRegistry registry;
    private final TopicTags topics;
    private final Map<String, Counter> published = new ConcurrentHashMap<>();
    private final Map<String, Map<String, ChannelMeters>> channels = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry, TopicTags topics) {
        this.registry = registry;
        this.topics = topics;
    }

    MeterRegistry registry() {
        return registry;
    }

    /** How many messages were published to a topic. */
    Counter published(String topic) {
        return published.computeIfAbsent(topics.of(topic), this::newPublished);
    }

    /** Those of a channel. */
    ChannelMeters of(String topic, String channel) {
        return channels.computeIfAbsent(topics.of(topic), tag -> new ConcurrentHashMap<>())
                .computeIfAbsent(channel, name -> ChannelMeters.of(registry, tags(topic, channel)));
    }

    /** The tags of a channel. */
    Tags tags(String topic, String channel) {
        return Tags.of(QueueMeter.Key.TOPIC.asString(), topics.of(topic), QueueMeter.Key.CHANNEL.asString(), channel);
    }

    private Counter newPublished(String tag) {
        return Counter.builder(QueueMeter.PUBLISHED.getName())
                .tag(QueueMeter.Key.TOPIC.asString(), tag)
                .baseUnit(QueueMeter.PUBLISHED.getBaseUnit())
                .description(QueueMeter.PUBLISHED.description())
                .register(registry);
    }
}
