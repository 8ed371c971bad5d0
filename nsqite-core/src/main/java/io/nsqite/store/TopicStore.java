package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The topics. */
public interface TopicStore {

    /** The id of a topic as the connection sees it; null if there is none. */
    @Nullable
    Long find(Connection connection, String name) throws SQLException;

    /** The id of a topic, which is created if there is none. */
    long findOrCreate(Connection transaction, String name) throws SQLException;
}
