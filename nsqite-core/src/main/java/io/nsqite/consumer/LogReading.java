package io.nsqite.consumer;

import io.nsqite.database.Reader;
import io.nsqite.message.Message;
import io.nsqite.store.Claim;
import io.nsqite.store.Logged;
import io.nsqite.store.MessageLog;
import io.nsqite.store.Stretch;
import io.nsqite.wakeup.EngineClock;
import java.sql.SQLException;
import java.util.List;

/** Reads a channel's part of the log in bounded steps, so that a long stretch of other topics holds up nobody. */
final class LogReading {

    /** How many messages are read at a time, and may wait in memory. */
    static final int MAX_ROWS = 512;

    /** How many bytes of payloads go together. */
    static final long MAX_BYTES = 4 << 20;

    /** At 0.05 microseconds a row that is skipped, a millisecond. */
    private static final long MAX_IDS = 20_000;

    private final Reader reader;
    private final MessageLog log;
    private final EngineClock clock;
    private final FarLook farLook;

    LogReading(Reader reader, MessageLog log, EngineClock clock, FarLook farLook) {
        this.reader = reader;
        this.log = log;
        this.clock = clock;
        this.farLook = farLook;
    }

    /**
     * A step of reading.
     *
     * @param readUpTo everything up to here was read
     * @param atEnd whether that was the end of the log
     * @param now when it was read; what is to be delivered later has no payload
     */
    record Step(List<Logged> messages, long readUpTo, boolean atEnd, long now) {}

    /** Reads on from a position. */
    Step read(Claim claim, int priority, long after) throws SQLException {
        return reader.read(connection -> {
            long now = clock.millis();
            long newest = log.newestId(connection);
            if (newest <= after) {
                return new Step(List.of(), after, true, now);
            }
            // only the index of the other priorities skips messages at no cost
            boolean isScan = priority == Message.DEFAULT_PRIORITY || priority == Stretch.ALL_PRIORITIES;
            long begin = isScan ? Math.min(newest, farLook.clearAfter(claim.topicId(), after, newest)) : after;
            long upTo = isScan ? Math.min(newest, begin + MAX_IDS) : newest;
            List<Logged> messages = log.read(
                    connection,
                    new Stretch(claim.topic(), claim.topicId(), priority, begin, upTo, now, MAX_ROWS, MAX_BYTES));
            if (isScan && messages.isEmpty() && upTo < newest) {
                farLook.goOn(claim.topicId(), upTo, newest);
            }
            return step(messages, upTo, newest, now);
        });
    }

    private static Step step(List<Logged> messages, long upTo, long newest, long now) {
        if (messages.size() < MAX_ROWS && bytes(messages) < MAX_BYTES) {
            return new Step(messages, upTo, upTo == newest, now);
        }
        long last = messages.get(messages.size() - 1).message().id();
        return new Step(messages, last, last == newest, now);
    }

    private static long bytes(List<Logged> messages) {
        return messages.stream()
                .mapToLong(logged -> logged.message().payload().length)
                .sum();
    }

    /** What it remembers of the log may not be so any more. */
    void forget() {
        farLook.forget();
    }

    /** The newest message of each priority but the default one. */
    long[] newestByPriority(Claim claim) throws SQLException {
        return reader.read(connection -> log.newestByPriority(connection, claim.topicId()));
    }
}
