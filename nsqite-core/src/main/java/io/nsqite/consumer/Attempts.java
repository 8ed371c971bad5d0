package io.nsqite.consumer;

import io.nsqite.database.Durability;
import io.nsqite.database.QueueDatabase;
import io.nsqite.message.Message;
import io.nsqite.store.ChannelStore.Started;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.Fence;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.Progress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins attempts of messages that have, or get, a row: the attempt is recorded before the message is handed out, so that
 * one which kills the process is counted all the same.
 */
final class Attempts {

    private static final Logger log = LoggerFactory.getLogger(Attempts.class);

    private final QueueDatabase database;
    private final QueueStore store;
    private final RetryPolicy policy;
    private final Progress progress;
    private final ChannelEvents events;

    Attempts(Engine engine, RetryPolicy policy, ChannelEvents events) {
        database = engine.database();
        store = engine.store();
        progress = engine.progress();
        this.policy = policy;
        this.events = events;
    }

    /**
     * Attempts that are recorded, by their rows; and whether the claim held.
     *
     * @param isPart whether some were left alone, as the payloads of the others are large
     */
    record Begun(Fence fence, Map<DeliveryRow, Message> messages, boolean isPart) {
        static final Begun NOTHING = new Begun(Fence.OURS, Map.of(), false);
    }

    /** Records an attempt of each, or as many as go together, gives up those that are used up, and holds others. Without the monitor. */
    Begun begin(Claim claim, List<DeliveryRow> rows, List<DeliveryRow> held) throws SQLException {
        Map<DeliveryRow, Message> begun = new LinkedHashMap<>();
        List<DeliveryRow> changed = new ArrayList<>(held);
        List<DeliveryRow> givenUp = new ArrayList<>();
        List<Long> vanished = new ArrayList<>();
        long bytes = 0;
        boolean isPart = false;
        for (DeliveryRow row : rows) {
            if (bytes >= LogReading.MAX_BYTES) {
                isPart = true;
                break;
            }
            Optional<Message> message = database.reader()
                    .read(connection -> store.messages().find(connection, claim.topic(), row.messageId()));
            if (message.isEmpty()) {
                vanished(claim, row);
                vanished.add(row.messageId());
            } else if (policy.isUsedUp(row)) {
                givenUp.add(policy.giveUp(claim.toString(), row));
            } else {
                changed.add(row.started());
                begun.put(row.started(), message.get());
                bytes += message.get().payload().length;
            }
        }
        changed.addAll(givenUp);
        Started started = database.writer()
                .call(transaction -> store.channels().start(transaction, claim, changed, vanished), Durability.RELAXED);
        progress.advance();
        if (started.fence() == Fence.OURS) {
            events.gaveUp(givenUp);
        }
        begun.keySet().retainAll(Set.copyOf(started.written()));
        return new Begun(started.fence(), begun, isPart);
    }

    /** One that was never tried has been cancelled. */
    private static void vanished(Claim claim, DeliveryRow row) {
        if (row.attempts() > 0) {
            log.warn("{}: message {} is not kept any more, so it is not tried again", claim, row.messageId());
        }
    }

    /** Takes attempts back of which it is not known whether they were recorded. */
    Fence takeBack(Claim claim, List<DeliveryRow> rows) throws SQLException {
        return database.writer()
                .call(transaction -> store.channels().takeBack(transaction, claim, rows), Durability.RELAXED);
    }
}
