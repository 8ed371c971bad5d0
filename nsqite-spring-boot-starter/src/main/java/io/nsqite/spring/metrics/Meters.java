package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nsqite.admin.ChannelName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The meters of topics and channels, each made when something happens there for the first time. Safe for use by many threads. */
final class Meters {

    private final MeterRegistry registry;
    private final BoundedTags tags;
    private final Map<String, Counter> published = new ConcurrentHashMap<>();
    private final Map<String, Map<String, ChannelMeters>> channels = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry, BoundedTags tags) {
        this.registry = registry;
        this.tags = tags;
    }

    MeterRegistry registry() {
        return registry;
    }

    /** How many messages were published to a topic. */
    Counter published(String topic) {
        return published.computeIfAbsent(tags.topic(topic), this::newPublished);
    }

    /** Those of a channel. */
    ChannelMeters of(String topic, String channel) {
        return channels.computeIfAbsent(tags.topic(topic), tag -> new ConcurrentHashMap<>())
                .computeIfAbsent(tags.channel(topic, channel), tag -> newOfChannel(tags.topic(topic), tag));
    }

    private ChannelMeters newOfChannel(String topicTag, String channelTag) {
        return ChannelMeters.of(
                registry,
                Tags.of(QueueMeter.Key.TOPIC.asString(), topicTag, QueueMeter.Key.CHANNEL.asString(), channelTag));
    }

    /** Removes those of a channel that there is no more; should something happen in it all the same, they begin at zero. */
    void forget(ChannelName name) {
        Map<String, ChannelMeters> ofTopic = channels.get(name.topic());
        ChannelMeters forgotten = ofTopic == null || !tags.areOwn(name) ? null : ofTopic.remove(name.channel());
        if (forgotten != null) {
            forgotten.all().forEach(registry::remove);
        }
    }

    private Counter newPublished(String tag) {
        return Counter.builder(QueueMeter.PUBLISHED.getName())
                .tag(QueueMeter.Key.TOPIC.asString(), tag)
                .baseUnit(QueueMeter.PUBLISHED.getBaseUnit())
                .description(QueueMeter.PUBLISHED.description())
                .register(registry);
    }
}
