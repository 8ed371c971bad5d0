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

    /** The signal of a topic, always the same object for the same id. Running it wakes the topic's readers. */
    public Runnable of(long topicId) {
        return signal(topicId);
    }

    /** Calls back at every signal of a topic, on the thread that gives it; must be quick and must not throw. */
    public void subscribe(long topicId, Runnable reader) {
        signal(topicId).readers.add(reader);
    }

    /** Ends a subscription. */
    public void unsubscribe(long topicId, Runnable reader) {
        signal(topicId).readers.remove(reader);
    }

    /** Gives the signals of all topics, when it is not known which were written to. */
    public void all() {
        signals.values().forEach(Signal::run);
    }

    private Signal signal(long topicId) {
        return signals.computeIfAbsent(topicId, id -> new Signal());
    }

    private static final class Signal implements Runnable {

        private final List<Runnable> readers = new CopyOnWriteArrayList<>();

        @Override
        public void run() {
            readers.forEach(Runnable::run);
        }
    }
}
