package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Something to read or write. A write may share its transaction with others, and is run again if that transaction had to
 * be rolled back for another's sake; it must not commit, and must not keep what it saw before the commit.
 */
@FunctionalInterface
public interface Work<T> {

    /** Does it. */
    T run(Connection connection) throws SQLException;
}
