package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The topics. */
public interface TopicStore {

    /** The id of a topic as the connection sees it, if there is one. */
    Optional<Long> find(Connection connection, String name) throws SQLException;

    /** The id of a topic, which is created if there is none. */
    long findOrCreate(Connection transaction, String name) throws SQLException;
}
