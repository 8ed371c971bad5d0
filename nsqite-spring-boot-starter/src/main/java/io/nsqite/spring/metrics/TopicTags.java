package io.nsqite.spring.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The values of the tag for topics. A program may publish to as many topics as it likes, but each value costs the monitoring system: the first
 * so many have their own, the rest share {@value #OTHER}. Safe for use by many threads.
 */
public final class TopicTags {

    /** The value that the rest share. */
    public static final String OTHER = "other";

    private final int limit;
    private final AtomicInteger free;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /**
     * With a limit.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public TopicTags(int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException(
                    "The number of topics must be zero or more, but was %d".formatted(limit));
        }
        this.limit = limit;
        free = new AtomicInteger(limit);
    }

    /** The value for a topic; always the same for the same. */
    public String of(String topic) {
        return own.contains(topic) || isAdmitted(topic) ? topic : OTHER;
    }

    private boolean isAdmitted(String topic) {
        if (free.get() <= 0) {
            return false;
        }
        synchronized (own) {
            if (free.get() > 0 && own.add(topic)) {
                free.decrementAndGet();
            }
            return own.contains(topic);
        }
    }

    @Override
    public String toString() {
        return "%d of %d topics".formatted(own.size(), limit);
    }
}
