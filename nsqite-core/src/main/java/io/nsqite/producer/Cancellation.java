package io.nsqite.producer;

import io.nsqite.store.CancelStore;
import io.nsqite.store.CancelStore.Holder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Cancels one message in a transaction that is open. */
final class Cancellation {

    private final CancelStore store;
    private final Reservations reservations;

    Cancellation(CancelStore store, Reservations reservations) {
        this.store = store;
        this.reservations = reservations;
    }

    /**
     * Cancels it if nobody has received it and nobody will.
     *
     * @param ends gets what is to be run when the transaction has ended
     */
    boolean cancel(Connection transaction, long messageId, List<Runnable> ends) throws SQLException {
        Optional<List<Holder>> holders = store.holders(transaction, messageId);
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
