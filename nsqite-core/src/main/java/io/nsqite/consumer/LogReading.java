package io.nsqite.consumer;

import io.nsqite.database.Reader;
import io.nsqite.message.Message;
import io.nsqite.store.Claim;
import io.nsqite.store.MessageLog;
import io.nsqite.store.Stretch;
import java.sql.SQLException;
import java.util.List;

/** Reads a channel's part of the log in bounded steps, so that a long stretch of other topics holds up nobody. */
final class LogReading {

    /** How many messages are read at a time, and may wait in memory. */
    static final int MAX_ROWS = 512;

    private static final long MAX_BYTES = 4 << 20;

    /** At 0.05 microseconds a row that is skipped, a millisecond. */
    private static final long MAX_IDS = 20_000;

    private final Reader reader;
    private final MessageLog log;

    LogReading(Reader reader, MessageLog log) {
        this.reader = reader;
        this.log = log;
    }

    /**
     * A step of reading.
     *
     * @param readUpTo everything up to here was read
     * @param atEnd whether that was the end of the log
     */
    record Step(List<Message> messages, long readUpTo, boolean atEnd) {}

    Step read(Claim claim, int priority, long after) throws SQLException {
        return reader.read(connection -> {
            long newest = log.newestId(connection);
            long upTo = Math.min(newest, after + MAX_IDS);
            if (upTo <= after) {
                return new Step(List.of(), after, true);
            }
            List<Message> messages = log.read(
                    connection,
                    new Stretch(claim.topic(), claim.topicId(), priority, after, upTo, MAX_ROWS, MAX_BYTES));
            return step(messages, upTo, newest);
        });
    }

    private static Step step(List<Message> messages, long upTo, long newest) {
        long bytes =
                messages.stream().mapToLong(message -> message.payload().length).sum();
        if (messages.size() < MAX_ROWS && bytes < MAX_BYTES) {
            return new Step(messages, upTo, upTo == newest);
        }
        long last = messages.get(messages.size() - 1).id();
        return new Step(messages, last, last == newest);
    }
}
