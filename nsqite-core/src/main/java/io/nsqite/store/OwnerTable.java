package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** {@code nsqite_owner}. */
final class OwnerTable extends PrefixedTables implements OwnerStore {

    private final Sql register = sql(
            "INSERT INTO {owner} (started_at, library_version, schema_version, side_file_id) VALUES (?, ?, ?, ?) RETURNING id");
    private final Sql moved = sql("UPDATE {owner} SET side_file_id = ? WHERE id = ?");
    private final Sql touch = sql("UPDATE {owner} SET library_version = library_version WHERE id = ?");
    private final Sql all = sql("SELECT id, side_file_id FROM {owner}");
    private final Sql started = sql("SELECT id, library_version, started_at FROM {owner} ORDER BY id");
    private final Sql serving = sql("""
            SELECT o.id, o.library_version, o.started_at
            FROM {channel} c JOIN {topic} t ON t.id = c.topic_id JOIN {owner} o ON o.id = c.owner_id
            WHERE t.name = ? AND c.name = ? AND c.deleted = 0""");
    private final Sql notKnowing = sql(
            "SELECT id, side_file_id, library_version, schema_version FROM {owner} WHERE schema_version < ? ORDER BY id");
    private final Sql exists = sql("SELECT 1 FROM {owner} WHERE id = ?");
    private final Sql abandonChannels = sql("UPDATE {channel} SET owner_id = NULL, unclean = 1 WHERE owner_id = ?");
    private final Sql remove = sql("DELETE FROM {owner} WHERE id = ?");
    private final Sql freeChannels =
            sql("UPDATE {channel} SET owner_id = NULL, epoch = epoch + 1, unclean = 1 WHERE owner_id = ?");

    OwnerTable(TablePrefix prefix) {
        super(prefix);
    }

    @Override
    public long register(Connection transaction, long startedAt, Library library, String sideFileId)
            throws SQLException {
        return register.number(transaction, startedAt, library.version(), library.schemaVersion(), sideFileId);
    }

    @Override
    public List<Registered> notKnowing(Connection connection, int schemaVersion) throws SQLException {
        return notKnowing.list(
                connection,
                row -> new Registered(
                        new Owner(row.getLong(1), row.getString(2)), new Library(row.getString(3), row.getInt(4))),
                schemaVersion);
    }

    @Override
    public void moved(Connection transaction, Owner owner) throws SQLException {
        moved.update(transaction, owner.sideFileId(), owner.id());
    }

    @Override
    public List<Owner> all(Connection connection) throws SQLException {
        return all.list(connection, row -> new Owner(row.getLong(1), row.getString(2)));
    }

    @Override
    public List<Started> started(Connection connection) throws SQLException {
        return started.list(connection, row -> new Started(row.getLong(1), row.getString(2), row.getLong(3)));
    }

    @Override
    public Optional<Started> serving(Connection connection, String topic, String channel) throws SQLException {
        return serving.first(
                connection, row -> new Started(row.getLong(1), row.getString(2), row.getLong(3)), topic, channel);
    }

    @Override
    public boolean touch(Connection transaction, long id) throws SQLException {
        return touch.update(transaction, id) == 1;
    }

    @Override
    public boolean exists(Connection connection, long id) throws SQLException {
        return exists.exists(connection, id);
    }

    @Override
    public void remove(Connection transaction, long id) throws SQLException {
        abandonChannels.update(transaction, id);
        remove.update(transaction, id);
    }

    @Override
    public int bury(Connection transaction, long id) throws SQLException {
        int freed = freeChannels.update(transaction, id);
        remove(transaction, id);
        return freed;
    }
}
