package io.nsqite.schema;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The other processes that use the tables. */
@FunctionalInterface
public interface TableUsers {

    /**
     * A process that lives.
     *
     * @param ownerId its id in the table of owners
     * @param libraryVersion the library that it uses
     */
    record User(long ownerId, String libraryVersion) implements Serializable {}

    /** Those whose library does not know this version of the tables. */
    List<User> notKnowing(Connection transaction, int version) throws SQLException;
}
