package io.nsqite.database;

import java.sql.Connection;
import java.sql.SQLException;

/** How the writer's transactions are committed: with or without somebody who is told of it. */
@FunctionalInterface
interface Committing {

    /** Commits what these many operations wrote. */
    void commit(Connection transaction, int operations) throws SQLException;

    /** Just commits. */
    static Committing untold() {
        return (transaction, operations) -> transaction.commit();
    }
}
