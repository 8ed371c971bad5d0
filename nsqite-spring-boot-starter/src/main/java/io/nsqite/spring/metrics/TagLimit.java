package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import java.util.Objects;

/**
 * Bounds topics and channels in the timers that come from observations, as those of the queue's own meters are. Knows them by what they say of
 * themselves, as a convention of the application may name them as it likes.
 */
public final class TagLimit implements MeterFilter {

    private static final String SYSTEM = "messaging.system";
    private static final String OURS = "nsqite";
    private static final String TOPIC = "messaging.destination.name";
    private static final String CHANNEL = "messaging.consumer.group.name";

    private final BoundedTags bounded;

    /** With the values that the tags may have. */
    public TagLimit(BoundedTags bounded) {
        this.bounded = bounded;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        String topic = id.getTag(TOPIC);
        if (topic == null || !OURS.equals(id.getTag(SYSTEM))) {
            return id;
        }
        List<Tag> tags = id.getTags().stream().map(tag -> limited(tag, topic)).toList();
        return id.replaceTags(tags);
    }

    private Tag limited(Tag tag, String topic) {
        String value = tag.getValue();
        String limited = switch (tag.getKey()) {
            case TOPIC -> bounded.topic(value);
            case CHANNEL -> bounded.channel(topic, value);
            default -> value;
        };
        return Objects.equals(limited, value) ? tag : Tag.of(tag.getKey(), limited);
    }
}
