package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.Settlement.CursorMove;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code nsqite_done} and {@code nsqite_delivery}, written in an application's transaction. */
final class AcknowledgementTable extends PrefixedTables implements AcknowledgementStore {

    private final DoneTable done;
    private final CursorTable cursors;

    private final Sql positions = sql("""
            SELECT k.done_to FROM {channel} c
            JOIN {cursor} k ON k.channel_id = c.id
            WHERE c.id = ? AND c.owner_id = ? AND c.epoch = ? AND c.deleted = 0
            ORDER BY k.priority""");

    /** The ids come as a JSON array. What does not depend on them is asked once, and mostly there are no rows at all. */
    private final Sql delete = sql("""
            DELETE FROM {delivery}
            WHERE EXISTS (SELECT 1 FROM {delivery} WHERE channel_id = ?1)
              AND channel_id = ?1 AND message_id IN (SELECT value FROM json_each(?2)) RETURNING message_id""");

    private final Sql isDone = sql("SELECT 1 FROM {done} WHERE channel_id = ? AND message_id = ?");
    private final Sql hasRow = sql("SELECT 1 FROM {delivery} WHERE channel_id = ? AND message_id = ?");

    AcknowledgementTable(TablePrefix prefix) {
        super(prefix);
        done = new DoneTable(prefix);
        cursors = new CursorTable(prefix);
    }

    @Override
    public Optional<List<Acknowledged>> acknowledge(Connection transaction, Claim claim, List<Mark> messages)
            throws SQLException {
        List<Long> cursors =
                positions.list(transaction, row -> row.getLong(1), claim.channelId(), claim.ownerId(), claim.epoch());
        if (cursors.isEmpty()) {
            return Optional.empty();
        }
        List<Long> above = messages.stream()
                .filter(message -> isAbove(cursors, message))
                .map(Mark::messageId)
                .toList();
        done.add(transaction, claim.channelId(), above);
        Set<Long> withRow = new HashSet<>(delete.list(
                transaction,
                row -> row.getLong(1),
                claim.channelId(),
                messages.stream().map(Mark::messageId).toList().toString()));
        return Optional.of(messages.stream()
                .map(message -> new Acknowledged(isAbove(cursors, message), withRow.contains(message.messageId())))
                .toList());
    }

    @Override
    public boolean move(Connection transaction, Claim claim, CursorMove move) throws SQLException {
        return cursors.moveFenced(transaction, claim, move);
    }

    @Override
    public boolean isCommitted(Connection connection, Claim claim, CursorMove move) throws SQLException {
        return cursors.hasReached(connection, claim.channelId(), move);
    }

    private static boolean isAbove(List<Long> cursors, Mark message) {
        return message.messageId() > cursors.get(message.priority());
    }

    @Override
    public boolean isCommitted(Connection connection, Claim claim, long messageId, Acknowledged written)
            throws SQLException {
        if (written.leavesDoneRow()) {
            return isDone.exists(connection, claim.channelId(), messageId);
        }
        return written.hadRow() && !hasRow.exists(connection, claim.channelId(), messageId);
    }
}
