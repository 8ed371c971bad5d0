package io.nsqite.pull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Those who wait for messages, in the order in which they came. Safe for use by many threads. */
final class Requests {

    private final TreeMap<Long, Request> line = new TreeMap<>();
    private final Map<Request, Long> numbers = new HashMap<>();
    private long last;
    private long seen;
    private int forNow;

    /** Read often, with a lock of the engine held, so without one of its own. */
    private volatile int wanted;

    private volatile boolean hasForNow;

    /** How many the first wants. */
    int wanted() {
        return wanted;
    }

    /** Those who have come so far are being looked for. */
    synchronized void looking() {
        seen = last;
    }

    /** Those of them who don't wait. */
    List<Request> seenForNow() {
        return hasForNow ? seenAndForNow() : List.of();
    }

    private synchronized List<Request> seenAndForNow() {
        return line.headMap(seen, true).values().stream()
                .filter(Request::isForNow)
                .toList();
    }

    synchronized void add(Request request) {
        numbers.put(request, ++last);
        enter(request, last);
    }

    /** It was not served, and comes where it was. */
    synchronized void addAgain(Request request) {
        Long number = numbers.get(request);
        if (number != null) {
            enter(request, number);
        }
    }

    private void enter(Request request, long number) {
        line.put(number, request);
        forNow += request.isForNow() ? 1 : 0;
        changed();
    }

    /** The first, which leaves the line; null if there is none. */
    synchronized @Nullable Request poll() {
        Map.Entry<Long, Request> first = line.firstEntry();
        if (first == null) {
            return null;
        }
        leave(first.getKey());
        return first.getValue();
    }

    /** It has ended, however. */
    synchronized void remove(Request request) {
        Long number = numbers.remove(request);
        if (number != null && line.containsKey(number)) {
            leave(number);
        }
    }

    private void leave(long number) {
        Request request = line.remove(number);
        forNow -= request != null && request.isForNow() ? 1 : 0;
        changed();
    }

    private void changed() {
        wanted = line.isEmpty() ? 0 : line.firstEntry().getValue().max();
        hasForNow = forNow > 0;
    }

    synchronized List<Request> all() {
        return new ArrayList<>(line.values());
    }
}
