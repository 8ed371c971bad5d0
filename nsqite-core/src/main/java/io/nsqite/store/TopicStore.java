package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The topics. */
public interface TopicStore {

    /** The id of a topic as the connection sees it, if there is one. */
    Optional<Long> find(Connection connection, String name) throws SQLException;

    /** The id of a topic, which is created if there is none; under the id that is remembered, if there is one. */
    long findOrCreate(Connection transaction, String name) throws SQLException;

    /** The id of a topic that was committed once, if it is remembered. */
    Optional<Long> recall(String name);

    /** Remembers the id of a topic, which must be committed. */
    void remember(String name, long id);

    /** Forgets all ids, as other topics may have them now. */
    void forget();

    /** Creates those topics again that are remembered and gone, so that what was published meanwhile has its topic. */
    void restore(Connection transaction) throws SQLException;

    /** Whether there are fewer than at the last time, or than are remembered: somebody deleted some. */
    boolean haveVanished(Connection connection) throws SQLException;
}
