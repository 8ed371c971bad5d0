package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What operators change in {@code nsqite_channel}; what hangs on it is done by others. */
final class OperatorTable implements OperatorStore {

    private static final Sql FIND = Sql.of("""
            SELECT c.id FROM nsqite_channel c JOIN nsqite_topic t ON t.id = c.topic_id
            WHERE t.name = ? AND c.name = ? AND c.deleted = 0""");

    private static final Sql CHANGED = Sql.of("UPDATE nsqite_channel SET changes = changes + 1 WHERE id = ?");

    private static final Sql SET_PAUSED =
            Sql.of("UPDATE nsqite_channel SET paused = ?1, changes = changes + 1 WHERE id = ?2 AND paused <> ?1");

    private static final Sql DELETE =
            Sql.of("UPDATE nsqite_channel SET deleted = 1, changes = changes + 1 WHERE id = ?");

    private final Rewinding rewinding = new Rewinding();
    private final Purging purging = new Purging();
    private final DeletedRows deletedRows = new DeletedRows();
    private final DeadLetterRows deadLetters = new DeadLetterRows();

    @Override
    public Optional<Long> find(Connection connection, String topic, String channel) throws SQLException {
        return FIND.first(connection, row -> row.getLong(1), topic, channel);
    }

    @Override
    public void pause(Connection transaction, long channelId) throws SQLException {
        SET_PAUSED.update(transaction, 1, channelId);
    }

    @Override
    public void resume(Connection transaction, long channelId) throws SQLException {
        SET_PAUSED.update(transaction, 0, channelId);
    }

    @Override
    public Reach reach(Connection connection, long channelId) throws SQLException {
        return rewinding.reach(connection, channelId);
    }

    @Override
    public boolean hasMessages(Connection connection, long channelId, long after, long upTo) throws SQLException {
        return rewinding.hasMessages(connection, channelId, after, upTo);
    }

    @Override
    public long firstPublishedSince(Connection connection, long millis) throws SQLException {
        return PublicationTimes.firstSince(connection, millis);
    }

    @Override
    public long rewind(Connection transaction, long channelId, long position, int maxRows) throws SQLException {
        CHANGED.update(transaction, channelId);
        return rewinding.rewind(transaction, channelId, position, maxRows);
    }

    @Override
    public Purged purge(Connection transaction, long channelId, long upTo, int maxMessages) throws SQLException {
        CHANGED.update(transaction, channelId);
        return purging.purge(transaction, channelId, upTo, maxMessages);
    }

    @Override
    public void delete(Connection transaction, long channelId) throws SQLException {
        DELETE.update(transaction, channelId);
    }

    @Override
    public List<Long> deleted(Connection connection) throws SQLException {
        return deletedRows.marks(connection);
    }

    @Override
    public boolean sweep(Connection transaction, int maxRows) throws SQLException {
        return deletedRows.sweep(transaction, maxRows);
    }

    @Override
    public void forget(Connection transaction, Collection<Long> channelIds) throws SQLException {
        deletedRows.forget(transaction, channelIds);
    }

    @Override
    public List<DeadKey> dead(Connection connection, DeadFilter filter, DeadPage page) throws SQLException {
        return deadLetters.keys(connection, filter, page);
    }

    @Override
    public int replay(Connection transaction, Collection<DeadKey> letters) throws SQLException {
        int replayed = 0;
        for (DeadKey letter : letters) {
            if (deadLetters.replay(transaction, letter)) {
                replayed++;
            }
        }
        for (long channelId : channels(letters)) {
            CHANGED.update(transaction, channelId);
        }
        return replayed;
    }

    private static List<Long> channels(Collection<DeadKey> letters) {
        return letters.stream().map(DeadKey::channelId).distinct().toList();
    }

    @Override
    public boolean discard(Connection transaction, DeadKey letter) throws SQLException {
        if (!deadLetters.discard(transaction, letter)) {
            return false;
        }
        CHANGED.update(transaction, letter.channelId());
        return true;
    }
}
