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

    /** A channel. */
    record ChannelLine(
            String topic,
            String channel,
            long waiting,
            long retrying,
            long dead,
            boolean paused,
            @Nullable Long ownerId) {}

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
    List<ChannelLine> channels(Connection connection) throws SQLException;

    /** One channel, if there is one. */
    Optional<ChannelLine> channel(Connection connection, String topic, String channel) throws SQLException;

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
