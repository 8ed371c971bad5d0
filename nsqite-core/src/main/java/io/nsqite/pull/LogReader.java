package io.nsqite.pull;

import io.nsqite.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Reads a topic as a log for a group, which keeps its position: fetch what comes after the committed offset, handle it, commit. The offset
 * is the id of the last message that is done; nothing is committed by itself.
 *
 * <pre>{@code
 * try (LogReader orders = nsqite.log("orders", "warehouse")) {
 *     List<Message> messages = orders.fetch(100, Duration.ofSeconds(20));
 *     load(messages);
 *     orders.commit(messages.get(messages.size() - 1).id());
 * }
 * }</pre>
 *
 * <p>A group is a channel, and belongs to one process and one reader at a time; a listener for it at the same time is refused. The log is
 * read strictly in the order of ids, which is that of commits: delays and priorities are for channels whose messages are handed out, and
 * have no effect here; nor are there attempts and dead letters. Each message comes at least once: what was fetched and not committed comes again,
 * also after a crash. A message that is committed by a slow transaction is never skipped, as ids are in the order of commits.
 *
 * <p>An operator who rewinds or purges the group moves its offset; while it is paused nothing is fetched. If the channel was consumed
 * in another way before, the group begins with the oldest message that was not handled then, and its dead letters stay. A dead letter that is
 * replayed takes the group back to it. What has been fetched and not committed can still be cancelled if it is a delayed message.
 *
 * <p>Retention keeps what the group has not committed. Safe for use by many threads, which share the offset.
 */
public interface LogReader extends AutoCloseable {

    /** The topic. */
    String topic();

    /** The group, which is a channel. */
    String group();

    /**
     * What comes after the committed offset, in the order of ids; the same again until something is committed.
     *
     * @param maxMessages how many at the most; 1 to 10,000. Large ones may come in smaller numbers
     * @return none if there is nothing, or the group is paused
     * @throws IllegalArgumentException if the number is out of its range
     * @throws IllegalStateException if this reader is closed or stopped
     * @throws ChannelBusyException if another process has the group
     */
    List<Message> fetch(int maxMessages);

    /**
     * As {@link #fetch(int)}, but waits for the first message, and wakes when it is committed.
     *
     * @param wait how long to wait; zero or more
     * @return none if the time is over, or this reader is closed meanwhile
     */
    List<Message> fetch(int maxMessages, Duration wait) throws InterruptedException;

    /** The offset: the id of the last message that is done for the group; 0 before the first. */
    long committed();

    /**
     * Everything up to an offset is done for the group. Survives a power cut as far as the application's own commits do.
     *
     * @param offset the id of the last message that is done; nothing happens if it is the committed one
     * @throws IllegalArgumentException if it is before the committed offset, where {@link #seek(long)} goes, or beyond the end of the log
     * @throws io.nsqite.message.DeliveryLostException if an operator or a seek has moved the group back since that was
     *     fetched, or it was another process's meanwhile; fetch again
     * @throws IllegalStateException if a transaction of the calling thread is writing, or this reader is closed or stopped
     * @throws ChannelBusyException if another process has the group
     */
    void commit(long offset);

    /**
     * Moves the group, in either direction: the next fetch begins after the offset.
     *
     * @throws IllegalArgumentException if it is negative or beyond the end of the log
     */
    void seek(long offset);

    /** Moves the group to before the oldest message that is kept. */
    void seekToEarliest();

    /** Moves the group to the end: only what is published from now on is fetched. */
    void seekToLatest();

    /** Moves the group to before the first message that was published at a time or later, to the millisecond; to the end if none was. */
    void seek(Instant from);

    /** Gives the group back. Fetches that wait end with nothing. */
    @Override
    void close();
}
