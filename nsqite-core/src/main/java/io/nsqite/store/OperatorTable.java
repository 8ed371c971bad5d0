package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadPage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What operators change in {@code nsqite_channel}; what hangs on it is done by others. */
final class OperatorTable extends PrefixedTables implements OperatorStore {

    private final Sql find = sql("""
            SELECT c.id FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE t.name = ? AND c.name = ? AND c.deleted = 0""");

    private final Sql note = sql("""
            SELECT c.note FROM {channel} c JOIN {topic} t ON t.id = c.topic_id
            WHERE t.name = ? AND c.name = ? AND c.deleted = 0 AND c.note IS NOT NULL""");

    private final Sql setNote = sql("UPDATE {channel} SET note = ? WHERE id = ?");

    private final Sql changed = sql("UPDATE {channel} SET changes = changes + 1 WHERE id = ?");

    private final Sql setPaused =
            sql("UPDATE {channel} SET paused = ?1, changes = changes + 1 WHERE id = ?2 AND paused <> ?1");

    private final Sql delete = sql("UPDATE {channel} SET deleted = 1, changes = changes + 1 WHERE id = ?");

    private final Rewinding rewinding;
    private final Purging purging;
    private final DeletedRows deletedRows;
    private final DeadLetterRows deadLetters;
    private final PublicationTimes publications;

    OperatorTable(TablePrefix prefix) {
        super(prefix);
        rewinding = Rewinding.ofOperators(prefix);
        purging = new Purging(prefix);
        deletedRows = new DeletedRows(prefix);
        deadLetters = new DeadLetterRows(prefix);
        publications = new PublicationTimes(prefix);
    }

    @Override
    public Optional<Long> find(Connection connection, String topic, String channel) throws SQLException {
        return find.first(connection, row -> row.getLong(1), topic, channel);
    }

    @Override
    public Optional<String> note(Connection connection, String topic, String channel) throws SQLException {
        return note.first(connection, row -> row.getString(1), topic, channel);
    }

    @Override
    public void setNote(Connection transaction, long channelId, String text) throws SQLException {
        setNote.update(transaction, text, channelId);
    }

    @Override
    public void pause(Connection transaction, long channelId) throws SQLException {
        setPaused.update(transaction, 1, channelId);
    }

    @Override
    public void resume(Connection transaction, long channelId) throws SQLException {
        setPaused.update(transaction, 0, channelId);
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
        return publications.firstSince(connection, millis);
    }

    @Override
    public long rewind(Connection transaction, long channelId, long position, int maxRows) throws SQLException {
        changed.update(transaction, channelId);
        return rewinding.rewind(transaction, channelId, position, maxRows);
    }

    @Override
    public Purged purge(Connection transaction, long channelId, long upTo, int maxMessages) throws SQLException {
        changed.update(transaction, channelId);
        return purging.purge(transaction, channelId, upTo, maxMessages);
    }

    @Override
    public void delete(Connection transaction, long channelId) throws SQLException {
        delete.update(transaction, channelId);
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
            changed.update(transaction, channelId);
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
        changed.update(transaction, letter.channelId());
        return true;
    }
}
