package io.nsqite.sample.demo;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What this process sees of the messages it publishes: when they commit, and what handlers do with them. Thread-safe. */
final class Observations {

    private final Map<Long, Long> commits = new ConcurrentHashMap<>();
    private final Map<String, ChannelObservations> channels = new ConcurrentHashMap<>();
    private final LongAdder published = new LongAdder();
    private final LongAdder executions = new LongAdder();
    private volatile long begin;

    /** The first action is about to be recorded. */
    void begin() {
        begin = System.nanoTime();
    }

    /** The transaction of an action is about to commit. */
    void committing(long actionId) {
        commits.put(actionId, System.nanoTime());
    }

    /** A transaction has committed. */
    void committed() {
        published.increment();
    }

    /** A handler is called; actions that were left from earlier runs only count as a sign of life. */
    void started(String channel, long actionId) {
        long now = System.nanoTime();
        executions.increment();
        Long commit = commits.get(actionId);
        if (commit != null) {
            channel(channel).started(actionId, now - commit, now - begin);
        }
    }

    /** A handler has returned without failing. */
    void finished(String channel, long actionId) {
        if (commits.containsKey(actionId)) {
            channel(channel).finished(actionId);
        }
    }

    /** How many actions have been recorded and published. */
    long published() {
        return published.sum();
    }

    /** How often handlers were called, for whatever action. */
    long executions() {
        return executions.sum();
    }

    /** What is seen of a channel. */
    ChannelObservations channel(String channel) {
        return channels.computeIfAbsent(channel, name -> new ChannelObservations());
    }
}
