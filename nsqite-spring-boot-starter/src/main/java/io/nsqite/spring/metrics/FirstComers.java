package io.nsqite.spring.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The first so many things that were asked for. Safe for use by many threads. */
final class FirstComers<T> {

    private final String kind;
    private final int limit;
    private final AtomicInteger free;
    private final Set<T> included = ConcurrentHashMap.newKeySet();

    FirstComers(String kind, int limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("The number of %s must be 0 or more, but was %d".formatted(kind, limit));
        }
        this.kind = kind;
        this.limit = limit;
        free = new AtomicInteger(limit);
    }

    boolean include(T thing) {
        return included.contains(thing) || isAdmitted(thing);
    }

    private boolean isAdmitted(T thing) {
        if (free.get() <= 0) {
            return false;
        }
        synchronized (included) {
            if (free.get() > 0 && included.add(thing)) {
                free.decrementAndGet();
            }
            return included.contains(thing);
        }
    }

    @Override
    public String toString() {
        return "%d of %d %s".formatted(included.size(), limit, kind);
    }
}
