package io.nsqite.producer;

import io.nsqite.store.CancelStore;
import io.nsqite.store.CancelStore.Holder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cancels one message in a transaction that is open. */
final class Cancellation {

    /** What is due later was not read by any owner: rows are read only once they are due, and clocks may differ a little. */
    private static final long FAR_MILLIS = 1000;

    private final CancelStore store;
    private final Reservations reservations;
    private final InstantSource clock;

    Cancellation(CancelStore store, Reservations reservations, InstantSource clock) {
        this.store = store;
        this.reservations = reservations;
        this.clock = clock;
    }

    /**
     * Cancels it if nobody has received it and nobody will.
     *
     * @param ends gets what is to be run when the transaction has ended
     */
    boolean cancel(Connection transaction, long messageId, List<Runnable> ends) throws SQLException {
        Optional<List<Holder>> holders = store.holders(transaction, messageId, clock.millis() + FAR_MILLIS);
        if (holders.isEmpty()) {
            return false;
        }
        List<Runnable> reserved = new ArrayList<>();
        for (Holder holder : holders.get()) {
            Optional<Runnable> reservation = reservations.reserve(holder, messageId);
            if (reservation.isEmpty()) {
                reserved.forEach(Runnable::run);
                return false;
            }
            reserved.add(reservation.get());
        }
        ends.addAll(reserved);
        store.remove(transaction, messageId);
        return true;
    }
}
