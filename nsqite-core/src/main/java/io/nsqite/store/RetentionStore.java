package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes from the log what nobody needs any more, in steps short enough not to be felt. A message goes when every channel
 * of its topic has passed it and none has a row for it, and it is old enough; of a topic whose channels are all deleted,
 * when it is old enough.
 *
 * <p>Each topic has a position, which moves on past what has to stay, so that a dead letter or a message for next year keeps
 * nothing else. What has to stay is looked at again when the topic is started over.
 */
public interface RetentionStore {

    /**
     * From when on messages are kept, in milliseconds since 1970. What counts of a message is when it was published, or is
     * to be delivered if that is later.
     *
     * @param now the time
     * @param consumed of topics that have or had a channel
     * @param unheard of topics that never had one; null to keep everything
     */
    record KeepFrom(long now, long consumed, @Nullable Long unheard) {}

    /** The topic after another one, in the order of ids; empty after the last. */
    Optional<Long> topicAfter(Connection connection, long topicId) throws SQLException;

    /** Looks at the topic from the beginning of the log at the next step. */
    void startOver(Connection transaction, long topicId) throws SQLException;

    /**
     * Does one step for a topic.
     *
     * @return whether the next step may find more at once
     */
    boolean deleteSome(Connection transaction, long topicId, KeepFrom keepFrom) throws SQLException;
}
