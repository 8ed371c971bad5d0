package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** {@code nsqite_done} and {@code nsqite_delivery}, written in an application's transaction. */
final class AcknowledgementTable implements AcknowledgementStore {

    private static final Sql CURSOR = Sql.of("""
            SELECT k.done_to FROM nsqite_channel c
            JOIN nsqite_cursor k ON k.channel_id = c.id AND k.priority = ?1
            WHERE c.id = ?2 AND c.owner_id = ?3 AND c.epoch = ?4 AND c.deleted = 0""");
    private static final Sql ADD = Sql.of("INSERT OR IGNORE INTO nsqite_done (channel_id, message_id) VALUES (?, ?)");
    private static final Sql DELETE = Sql.of("DELETE FROM nsqite_delivery WHERE channel_id = ? AND message_id = ?");
    private static final Sql IS_DONE = Sql.of("SELECT 1 FROM nsqite_done WHERE channel_id = ? AND message_id = ?");
    private static final Sql HAS_ROW = Sql.of("SELECT 1 FROM nsqite_delivery WHERE channel_id = ? AND message_id = ?");

    @Override
    public Optional<Acknowledged> acknowledge(Connection transaction, Claim claim, Mark message) throws SQLException {
        Optional<Long> cursor = CURSOR.first(
                transaction,
                row -> row.getLong(1),
                message.priority(),
                claim.channelId(),
                claim.ownerId(),
                claim.epoch());
        if (cursor.isEmpty()) {
            return Optional.empty();
        }
        boolean above = message.messageId() > cursor.get();
        if (above) {
            ADD.update(transaction, claim.channelId(), message.messageId());
        }
        boolean hadRow = DELETE.update(transaction, claim.channelId(), message.messageId()) > 0;
        return Optional.of(new Acknowledged(above, hadRow));
    }

    @Override
    public boolean isCommitted(Connection connection, Claim claim, long messageId, Acknowledged written)
            throws SQLException {
        if (written.leavesDoneRow()) {
            return IS_DONE.exists(connection, claim.channelId(), messageId);
        }
        return written.hadRow() && !HAS_ROW.exists(connection, claim.channelId(), messageId);
    }
}
