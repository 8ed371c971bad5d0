package io.nsqite.maintenance;

import io.nsqite.database.QueueDatabase;
import io.nsqite.store.RetentionStore;
import io.nsqite.store.RetentionStore.KeepFrom;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.Timer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes old messages, topic after topic, in short steps with a pause after each. Every process that uses the queue does so:
 * what one has deleted is nothing to do for the others, and none has to be relied on.
 *
 * <p>One step at a time: the next is scheduled when the last has ended.
 */
public final class Retention implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /** In which others write. */
    private static final Duration PAUSE = Duration.ofMillis(5);

    /** Now and then a pass looks at what earlier ones had to leave, such as dead letters that were discarded since. */
    private static final int INTERVALS_BETWEEN_THOROUGH_PASSES = 10;

    private final QueueDatabase database;
    private final RetentionStore store;
    private final RetentionOptions options;
    private final Timer timer;
    private final EngineClock clock;
    private final Duration interval;
    private Step last = Step.NONE;
    private long thoroughSince;
    private boolean thorough;
    private boolean failing;
    private volatile boolean closed;

    /** With what it needs. */
    public Retention(
            QueueDatabase database, RetentionStore store, RetentionOptions options, Timer timer, EngineClock clock) {
        this.database = database;
        this.store = store;
        this.options = options;
        this.timer = timer;
        this.clock = clock;
        interval = options.interval();
        thoroughSince = timer.nanoTime();
    }

    /** @param goesOn whether the topic is to get the next step as well */
    private record Step(long topicId, boolean goesOn) {

        /** Between two passes. */
        static final Step NONE = new Step(0, false);
    }

    /** Begins to look, after a while: a program that only does something quickly need not care. */
    public void start() {
        timer.schedule(interval, this::beginPass);
    }

    private void beginPass() {
        long now = timer.nanoTime();
        thorough = now - thoroughSince >= interval.toNanos() * INTERVALS_BETWEEN_THOROUGH_PASSES;
        if (thorough) {
            thoroughSince = now;
        }
        step();
    }

    private void step() {
        if (!closed) {
            database.writer().submit(this::deleteSome, this::ended);
        }
    }

    private Step deleteSome(Connection transaction) throws SQLException {
        if (last.goesOn()) {
            return deleteSome(transaction, last.topicId());
        }
        Optional<Long> next = store.topicAfter(transaction, last.topicId());
        if (next.isEmpty()) {
            return Step.NONE;
        }
        if (thorough) {
            store.startOver(transaction, next.get());
        }
        return deleteSome(transaction, next.get());
    }

    private Step deleteSome(Connection transaction, long topicId) throws SQLException {
        return new Step(topicId, store.deleteSome(transaction, topicId, keepFrom(clock.millis())));
    }

    private KeepFrom keepFrom(long now) {
        Duration unheard = options.unheard();
        return new KeepFrom(now, before(now, options.consumed()), unheard == null ? null : before(now, unheard));
    }

    /** An age beyond all time is how to say for ever. */
    private static long before(long now, Duration age) {
        try {
            return now - age.toMillis();
        } catch (ArithmeticException forEver) {
            return Long.MIN_VALUE;
        }
    }

    private void ended(@Nullable Step step, @Nullable Throwable failure) {
        if (step == null) {
            failed(failure);
        } else {
            last = step;
            failing = false;
        }
        if (last.equals(Step.NONE)) {
            timer.schedule(interval, this::beginPass);
        } else {
            timer.schedule(PAUSE, this::step);
        }
    }

    private void failed(@Nullable Throwable failure) {
        last = Step.NONE;
        if (!failing && !closed) {
            log.warn("Deleting old messages failed and is tried again in {} ms", interval.toMillis(), failure);
        }
        failing = true;
    }

    @Override
    public void close() {
        closed = true;
    }
}
