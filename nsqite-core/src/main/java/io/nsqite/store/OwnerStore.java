package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The processes that use the queue. */
public interface OwnerStore {

    /**
     * A process that uses the queue.
     *
     * @param sideFileId the random id of the side file that it holds its lock in
     */
    record Owner(long id, String sideFileId) {}

    /**
     * The library that a process uses.
     *
     * @param version for people
     * @param schemaVersion the newest version of the tables that it knows
     */
    record Library(String version, int schemaVersion) {}

    /** A process with its library. */
    record Registered(Owner owner, Library library) {}

    /** Registers one and returns its id, which is never given again. */
    long register(Connection transaction, long startedAt, Library library, String sideFileId) throws SQLException;

    /** Those whose library does not know this version of the tables. */
    List<Registered> notKnowing(Connection connection, int schemaVersion) throws SQLException;

    /** Says that an owner has moved to another side file. */
    void moved(Connection transaction, Owner owner) throws SQLException;

    /** When a process came, in milliseconds, and its library's version for people. */
    record Started(long id, String libraryVersion, long startedAt) {}

    /** All of them by id, for people. */
    List<Started> started(Connection connection) throws SQLException;

    /** Who serves a channel, if somebody does. */
    Optional<Started> serving(Connection connection, String topic, String channel) throws SQLException;

    /** All of them. */
    List<Owner> all(Connection connection) throws SQLException;

    /** Writes the row of one as it is, to find out whether the database takes it; whether there is one. */
    boolean touch(Connection transaction, long id) throws SQLException;

    /** Whether it is still registered. */
    boolean exists(Connection connection, long id) throws SQLException;

    /**
     * Removes one that ended in order. A channel that it has not given back before is free, and what was in hand of it
     * is marked for the next owner.
     */
    void remove(Connection transaction, long id) throws SQLException;

    /**
     * Removes one that is dead or hangs, and frees its channels: their epoch is raised, and what it may have been
     * handling is marked for the next owner.
     *
     * @return how many channels it had
     */
    int bury(Connection transaction, long id) throws SQLException;
}
