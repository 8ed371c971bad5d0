package io.nsqite.sample.demo;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** What handlers of a channel do with the messages of this run. A message that comes twice counts once. Thread-safe. */
final class ChannelObservations {

    private final Map<Long, Long> waits = new ConcurrentHashMap<>();
    private final Set<Long> handled = ConcurrentHashMap.newKeySet();
    private final LongAdder executions = new LongAdder();
    private final LongAccumulator lastReached = new LongAccumulator(Math::max, 0);

    void started(long actionId, long nanosSinceCommit, long nanosSinceBegin) {
        executions.increment();
        if (waits.putIfAbsent(actionId, nanosSinceCommit) == null) {
            lastReached.accumulate(nanosSinceBegin);
        }
    }

    void finished(long actionId) {
        handled.add(actionId);
    }

    /** How many messages a handler took without failing. */
    long handled() {
        return handled.size();
    }

    /** How often a handler was called for a message that it had been given before. */
    long retried() {
        return executions.sum() - waits.size();
    }

    /** How many messages a second reached a handler, from the beginning until the last one did. */
    double perSecond() {
        return waits.size() * 1e9 / Math.max(1, lastReached.get());
    }

    /** How long messages took from their commit to their first handler. */
    Latency latency() {
        return Latency.of(waits.values());
    }
}
