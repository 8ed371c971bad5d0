package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/** Bounds the topics in the timers that come from observations, as those of the queue's own meters are. */
public final class TopicLimit implements MeterFilter {

    private static final String OURS = "nsqite.";
    private static final String TOPIC = "messaging.destination.name";

    private final TopicTags topics;

    /** With the values that topics may have. */
    public TopicLimit(TopicTags topics) {
        this.topics = topics;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(OURS)) {
            return id;
        }
        List<Tag> tags = id.getTags().stream().map(this::bounded).toList();
        return id.replaceTags(tags);
    }

    private Tag bounded(Tag tag) {
        return tag.getKey().equals(TOPIC) ? Tag.of(TOPIC, topics.of(tag.getValue())) : tag;
    }
}
