package io.nsqite.producer;

import io.nsqite.wakeup.TopicSignals;
import java.util.List;

/**
 * Who is to know what is published.
 *
 * @param signals wake those who read topics
 * @param listeners told of messages, in this order
 */
public record Announcements(TopicSignals signals, List<PublishListener> listeners) {

    /** Copies. */
    public Announcements {
        listeners = List.copyOf(listeners);
    }

    /** Signals only. */
    public static Announcements of(TopicSignals signals) {
        return new Announcements(signals, List.of());
    }

    /** What is to be told of one call. */
    News begin() {
        return listeners.isEmpty() ? new News(signals) : new ToldNews(this);
    }
}
