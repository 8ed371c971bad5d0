package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code nsqite_message}, and what channels know of a message. */
final class CancelTable implements CancelStore {

    private static final Sql MESSAGE = Sql.of("SELECT 1 FROM nsqite_message WHERE id = ? AND topic_id <> 0");

    private static final Sql CHANNELS = Sql.of("""
            SELECT c.id, c.owner_id, c.unclean, k.done_to, d.state, d.attempts, CASE coalesce(d.state, 'scheduled') WHEN 'scheduled' THEN m.deliver_at END,
              EXISTS (SELECT 1 FROM nsqite_done f WHERE f.channel_id = c.id AND f.message_id = m.id)
            FROM nsqite_message m
            JOIN nsqite_channel c ON c.topic_id = m.topic_id AND c.deleted = 0
            JOIN nsqite_cursor k ON k.channel_id = c.id AND k.priority = m.priority
            LEFT JOIN nsqite_delivery d ON d.channel_id = c.id AND d.message_id = m.id
            WHERE m.id = ?""");

    private static final Sql REMOVE_ROWS = Sql.of("""
            DELETE FROM nsqite_delivery
            WHERE message_id = ?1 AND channel_id IN (
              SELECT c.id FROM nsqite_channel c JOIN nsqite_message m ON m.topic_id = c.topic_id WHERE m.id = ?1)""");

    private static final Sql REMOVE = Sql.of("DELETE FROM nsqite_message WHERE id = ?");

    /** What one channel knows of the message. */
    private record Standing(
            long channelId,
            long ownerId,
            boolean unclean,
            long doneTo,
            @Nullable String state,
            int attempts,
            long dueAt,
            boolean done) {

        static Standing of(ResultSet row) throws SQLException {
            return new Standing(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3) != 0,
                    row.getLong(4),
                    row.getString(5),
                    row.getInt(6),
                    row.getLong(7),
                    row.getInt(8) != 0);
        }

        boolean isOver(long messageId) {
            if (state == null) {
                return done || messageId <= doneTo;
            }
            return attempts > 0 || DeliveryState.of(state) == DeliveryState.DEAD || isRunning();
        }

        private boolean isRunning() {
            return state != null && DeliveryState.of(state) == DeliveryState.RUNNING;
        }

        /** Whether nobody can have it in memory. */
        boolean isUnread(long farAfter) {
            return dueAt > farAfter || (ownerId == 0 && !unclean);
        }

        /** Whether its owner can say for sure that it is not handed out: what has a row may be on its way. */
        boolean canBeReserved() {
            return ownerId != 0 && !unclean && state == null;
        }
    }

    @Override
    public Optional<List<Holder>> holders(Connection transaction, long messageId, long farAfter) throws SQLException {
        if (!MESSAGE.exists(transaction, messageId)) {
            return Optional.empty();
        }
        List<Holder> holders = new ArrayList<>();
        for (Standing standing : CHANNELS.list(transaction, Standing::of, messageId)) {
            if (standing.isOver(messageId)) {
                return Optional.empty();
            }
            if (standing.isUnread(farAfter)) {
                continue;
            }
            if (!standing.canBeReserved()) {
                return Optional.empty();
            }
            holders.add(new Holder(standing.channelId(), standing.ownerId()));
        }
        return Optional.of(holders);
    }

    @Override
    public void remove(Connection transaction, long messageId) throws SQLException {
        REMOVE_ROWS.update(transaction, messageId);
        REMOVE.update(transaction, messageId);
    }
}
