package io.nsqite.store;

import io.nsqite.message.Message;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The log of all messages. Ids become visible in the order of commits, so a reader that has seen up to an id has seen
 * everything below it.
 */
public interface MessageLog {

    /**
     * Appends a message in the caller's transaction and returns its id. One with a deduplication key is kept once, as by
     * {@link #appendOnce}.
     */
    default long append(Connection transaction, NewRow row) throws SQLException {
        return appendOnce(transaction, row).id();
    }

    /** Appends a message in the caller's transaction unless one of its topic and deduplication key is kept. */
    Appended appendOnce(Connection transaction, NewRow row) throws SQLException;

    /** As {@link #appendOnce} for each message, in their order. */
    List<Appended> appendAll(Connection transaction, List<NewRow> rows) throws SQLException;

    /**
     * The greatest id of a topic's messages by priority, without the default one; 0 where there is none. Costs next to nothing for
     * a topic that has only messages of the default priority.
     */
    long[] newestByPriority(Connection connection, long topicId) throws SQLException;

    /** The greatest id; 0 for an empty log. */
    long newestId(Connection connection) throws SQLException;

    /**
     * Messages of a stretch in the order of their ids. Fewer than {@link Stretch#maxRows()} with fewer than
     * {@link Stretch#maxBytes()} means that the stretch holds no more.
     */
    List<Logged> read(Connection connection, Stretch stretch) throws SQLException;

    /** Whether any message of a topic is in a range of ids. */
    boolean isAny(Connection connection, long topicId, long after, long upTo) throws SQLException;

    /** One message, if it is kept. */
    Optional<Message> find(Connection connection, String topic, long id) throws SQLException;
}
