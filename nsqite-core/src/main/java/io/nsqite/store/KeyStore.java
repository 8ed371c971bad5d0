package io.nsqite.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The unfinished messages of a channel that have a row, by their keys: for channels that keep the order of keys. */
public interface KeyStore {

    /** Which rows are unfinished. */
    enum Unfinished {
        /** All but dead letters. */
        NOT_DEAD,
        /** Dead letters too. */
        DEAD_TOO
    }

    /** Those of some keys that have an unfinished row. */
    Set<String> withRows(Connection connection, Claim claim, Collection<String> keys, Unfinished unfinished)
            throws SQLException;

    /** The first unfinished row of a key. */
    Optional<DeliveryRow> first(Connection connection, Claim claim, String key, Unfinished unfinished)
            throws SQLException;

    /** Held messages are due, as the order of keys does not matter any more. */
    void freeHeld(Connection transaction, Claim claim) throws SQLException;

    /** The next keys, in their order, that have a held row. */
    List<String> heldAfter(Connection connection, Claim claim, String key, int limit) throws SQLException;
}
