package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Empties a queue, for tests: its topics and channels stay, and nothing else. */
public final class QueueErasure extends PrefixedTables {

    private final List<Sql> steps = List.of(
            sql("DELETE FROM {delivery}"),
            sql("DELETE FROM {done}"),
            sql("DELETE FROM {message} WHERE topic_id <> 0"),
            sql("UPDATE {cursor} SET done_to = (SELECT coalesce(max(id), 0) FROM {message})"),
            sql("UPDATE {channel} SET in_hand = 0, unclean = 0 WHERE owner_id IS NULL"),
            sql("UPDATE {channel} SET paused = 0, changes = changes + 1"));

    /** For the queue whose tables have this prefix. */
    public QueueErasure(TablePrefix prefix) {
        super(prefix);
    }

    /**
     * Deletes all messages, with their keys and whatever channels know of them, and ends all pauses. Ids go on from where they
     * are. What consumers have in memory is not touched: they should be stopped.
     */
    public void erase(Connection transaction) throws SQLException {
        for (Sql step : steps) {
            step.update(transaction);
        }
    }
}
