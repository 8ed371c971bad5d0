package io.nsqite.wakeup;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells those who read a topic that something was committed to it. A signal carries nothing: whoever gets one looks into
 * the log, and one too many does no harm. Safe for use by many threads.
 */
public final class TopicSignals {

    private final Map<Long, Signal> signals = new ConcurrentHashMap<>();

    /** The signal of a topic to which messages of the default priority were committed; always the same object for the same id. */
    public Runnable of(long topicId) {
        return signal(topicId).straight;
    }

    /** The signal of a topic to which messages of other priorities were committed; always the same object for the same id. */
    public Runnable withPriority(long topicId) {
        return signal(topicId).prioritized;
    }

    /** Calls back at every signal of a topic. */
    public void subscribe(long topicId, TopicReader reader) {
        signal(topicId).readers.add(reader);
    }

    /** Ends a subscription. */
    public void unsubscribe(long topicId, TopicReader reader) {
        signal(topicId).readers.remove(reader);
    }

    /** Gives the signals of all topics, when it is not known what was written. */
    public void all() {
        signals.values().forEach(signal -> signal.prioritized.run());
    }

    private Signal signal(long topicId) {
        return signals.computeIfAbsent(topicId, id -> new Signal());
    }

    private static final class Signal {

        private final List<TopicReader> readers = new CopyOnWriteArrayList<>();
        private final Runnable straight = this::committed;
        private final Runnable prioritized = this::committedWithPriority;

        private void committed() {
            readers.forEach(TopicReader::committed);
        }

        private void committedWithPriority() {
            readers.forEach(TopicReader::committedWithPriority);
        }
    }
}
