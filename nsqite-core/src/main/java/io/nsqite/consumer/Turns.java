package io.nsqite.consumer;

import io.nsqite.store.Claim;
import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Logged;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Decides which messages of the table may be handed out when they are due. Methods that take a connection are called without
 * the monitor, the others with it.
 */
interface Turns {

    /** Where order does not matter: what is due may be handed out. */
    Turns NO_MATTER = new Turns() {};

    /**
     * What is to be done about messages of the table.
     *
     * @param begin whose attempts begin
     * @param hold which wait for others
     */
    record Plan(List<DeliveryRow> begin, List<DeliveryRow> hold) {
        boolean isEmpty() {
            return begin.isEmpty() && hold.isEmpty();
        }
    }

    /**
     * What the table holds.
     *
     * @param due messages whose time has come
     * @param firsts the first unfinished message of some keys
     */
    record Seen(List<DeliveryRow> due, Map<String, Optional<DeliveryRow>> firsts) {

        /** Without those messages that are due though something of them is still to be written. */
        Seen without(LongPredicate pending) {
            List<DeliveryRow> rest =
                    due.stream().filter(row -> !pending.test(row.messageId())).toList();
            return new Seen(rest, firsts);
        }
    }

    /** Whether the order of keys matters. */
    default boolean keepOrder() {
        return false;
    }

    /** Whether there are keys whose turn is to be found out. */
    default boolean hasToLook() {
        return false;
    }

    /** Keys whose turn is to be found out. */
    default List<String> takeToLook(int limit) {
        return List.of();
    }

    /** Looks at keys, and at those of messages that are due. */
    default Seen look(Connection connection, Claim claim, List<DeliveryRow> due, List<String> keys)
            throws SQLException {
        return new Seen(due, Map.of());
    }

    /** Decides whose turn it is. */
    default Plan decide(Seen seen, Clocks now, long position) {
        return new Plan(seen.due(), List.of());
    }

    /** Messages whose turn it was did not begin. */
    default void notBegun(Collection<DeliveryRow> rows) {}

    /** The look at keys failed and is to be repeated. */
    default void lookAgain(Collection<String> keys) {}

    /** The keys of messages read from the log that must be looked up in the table before. */
    default Set<String> unknownKeys(List<Logged> messages) {
        return Set.of();
    }

    /** Which keys have messages in the table. */
    default Set<String> withRows(Connection connection, Claim claim, Set<String> keys) throws SQLException {
        return Set.of();
    }

    /** These keys have messages in the table. */
    default void foundRows(Collection<String> keys) {}

    /** Whether the table may hold messages that nobody would come back to by himself. */
    default boolean hasUnseenHeld() {
        return false;
    }

    /** The next page of keys with held messages; to be followed by {@link #foundHeld}. */
    default List<String> nextHeld(Connection connection, Claim claim) throws SQLException {
        return List.of();
    }

    /** Keys with held messages were found; none if there are no more. */
    default void foundHeld(List<String> keys) {}

    /** The channel was loaded; what was known of the table is void. */
    default void loaded(boolean keyed) {}
}
