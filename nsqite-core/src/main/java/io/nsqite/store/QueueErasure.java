package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Empties a queue, for tests: its topics and channels stay, and nothing else. */
public final class QueueErasure {

    private static final List<Sql> STEPS = List.of(
            Sql.of("DELETE FROM nsqite_delivery"),
            Sql.of("DELETE FROM nsqite_done"),
            Sql.of("DELETE FROM nsqite_message WHERE topic_id <> 0"),
            Sql.of("UPDATE nsqite_cursor SET done_to = (SELECT coalesce(max(id), 0) FROM nsqite_message)"),
            Sql.of("UPDATE nsqite_channel SET in_hand = 0, unclean = 0 WHERE owner_id IS NULL"),
            Sql.of("UPDATE nsqite_channel SET paused = 0, changes = changes + 1"));

    /**
     * Deletes all messages, with their keys and whatever channels know of them, and ends all pauses. Ids go on from where they
     * are. What consumers have in memory is not touched: they should be stopped.
     */
    public void erase(Connection transaction) throws SQLException {
        for (Sql step : STEPS) {
            step.update(transaction);
        }
    }
}
