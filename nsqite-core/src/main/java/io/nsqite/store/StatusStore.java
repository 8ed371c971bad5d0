package io.nsqite.store;

import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people and programs want to see of the queue. */
public interface StatusStore {

    /** A topic. */
    record TopicLine(String topic, long messages, int channels) {}

    /**
     * A channel.
     *
     * @param waiting messages that have no row, those being handled for the first time included
     * @param retrying those that wait for, or are in, another attempt
     * @param oldest since when the first of those waits whose time has come, in milliseconds; null if there is none
     * @param exact whether all was counted; else there is at least as much
     * @param lagExact whether all was counted but, perhaps, dead letters
     */
    record ChannelLine(
            String topic,
            String channel,
            long waiting,
            long retrying,
            long dead,
            boolean paused,
            @Nullable Long ownerId,
            long held,
            long scheduled,
            @Nullable Long oldest,
            boolean exact,
            boolean lagExact) {}

    /**
     * How to count.
     *
     * @param limit how many messages of each kind to count for a channel; smaller counts are exact
     * @param rows how many rows of the log to look at for a channel, of whatever topic
     * @param now the time, in milliseconds
     */
    record Counting(long limit, long rows, long now) {

        /** Takes some 20 milliseconds for a channel; its reader leaves its position no farther behind unless something hangs. */
        private static final long ROWS = 200_000;

        /** Up to a limit, which takes a bounded time. */
        public static Counting upTo(long limit, long now) {
            return new Counting(limit, Math.max(limit, ROWS), now);
        }

        /** Everything, which takes as long as there is to count. */
        public static Counting all(long now) {
            return new Counting(Long.MAX_VALUE, Long.MAX_VALUE, now);
        }
    }

    /**
     * A message in a channel.
     *
     * @param settled whether it is done, or lies before where the channel began
     * @param delivery its row; null unless it has one
     * @param dueAt when it is to be tried, by the wall clock; null if its time has come, or if it does not wait for one
     */
    record MessageLine(
            String channel,
            boolean settled,
            @Nullable DeliveryRow delivery,
            @Nullable Long dueAt) {}

    /**
     * A message that is kept.
     *
     * @param deliverAt the time that its publisher has chosen, in milliseconds; null for at once
     */
    record Kept(
            Message message,
            @Nullable Long deliverAt,
            @Nullable String deduplicationKey) {}

    /** A dead letter. */
    record DeadLine(String topic, String channel, Message message, int attempts, DeliveryRow.Failure failure) {}

    /**
     * Which dead letters; null for all.
     *
     * @param failedFrom those that were given up then or later, in milliseconds
     * @param failedBefore those that were given up earlier
     * @param error those whose error contains this text, whatever the case of its ASCII letters
     */
    record DeadFilter(
            @Nullable String topic,
            @Nullable String channel,
            long failedFrom,
            long failedBefore,
            @Nullable String error) {

        /** Those of a topic and channel, whenever and why ever they were given up. */
        public static DeadFilter of(@Nullable String topic, @Nullable String channel) {
            return new DeadFilter(topic, channel, Long.MIN_VALUE, Long.MAX_VALUE, null);
        }
    }

    /** Those after a message and channel. */
    record DeadPage(long afterId, String afterChannel, int limit) {

        /** The first ones. */
        public static DeadPage first(int limit) {
            return new DeadPage(0, "", limit);
        }
    }

    /** All topics by name. */
    List<TopicLine> topics(Connection connection) throws SQLException;

    /** The names of topics without a channel. */
    List<String> unheardTopics(Connection connection) throws SQLException;

    /** All channels by topic and name. */
    List<ChannelLine> channels(Connection connection, Counting counting) throws SQLException;

    /** One channel, if there is one. */
    Optional<ChannelLine> channel(Connection connection, String topic, String channel, Counting counting)
            throws SQLException;

    /** A message, of whatever topic, if it is kept and was not cancelled. */
    Optional<Kept> message(Connection connection, long id) throws SQLException;

    /** What the channels of a message's topic do with it, by name; empty if there is no such message. */
    List<MessageLine> progress(Connection connection, long messageId, long now) throws SQLException;

    /**
     * Whether channels have something to do; does not count, and so costs the same however much that is.
     *
     * @param topic those of this topic; null for all
     * @param channel those of this name; null for all
     * @return empty if there is no such channel
     */
    Optional<Boolean> isBusy(Connection connection, @Nullable String topic, @Nullable String channel)
            throws SQLException;

    /** Dead letters by message id, then channel. */
    List<DeadLine> dead(Connection connection, DeadFilter filter, DeadPage page) throws SQLException;
}
