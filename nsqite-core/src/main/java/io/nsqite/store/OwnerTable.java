package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** {@code nsqite_owner}. */
final class OwnerTable implements OwnerStore {

    private static final Sql REGISTER = Sql.of(
            "INSERT INTO nsqite_owner (started_at, library_version, schema_version, side_file_id) VALUES (?, ?, ?, ?) RETURNING id");
    private static final Sql MOVED = Sql.of("UPDATE nsqite_owner SET side_file_id = ? WHERE id = ?");
    private static final Sql ALL = Sql.of("SELECT id, side_file_id FROM nsqite_owner");
    private static final Sql NOT_KNOWING = Sql.of(
            "SELECT id, side_file_id, library_version, schema_version FROM nsqite_owner WHERE schema_version < ? ORDER BY id");
    private static final Sql EXISTS = Sql.of("SELECT 1 FROM nsqite_owner WHERE id = ?");
    private static final Sql ABANDON_CHANNELS =
            Sql.of("UPDATE nsqite_channel SET owner_id = NULL, unclean = 1 WHERE owner_id = ?");
    private static final Sql REMOVE = Sql.of("DELETE FROM nsqite_owner WHERE id = ?");
    private static final Sql FREE_CHANNELS =
            Sql.of("UPDATE nsqite_channel SET owner_id = NULL, epoch = epoch + 1, unclean = 1 WHERE owner_id = ?");

    @Override
    public long register(Connection transaction, long startedAt, Library library, String sideFileId)
            throws SQLException {
        return REGISTER.number(transaction, startedAt, library.version(), library.schemaVersion(), sideFileId);
    }

    @Override
    public List<Registered> notKnowing(Connection connection, int schemaVersion) throws SQLException {
        return NOT_KNOWING.list(
                connection,
                row -> new Registered(
                        new Owner(row.getLong(1), row.getString(2)), new Library(row.getString(3), row.getInt(4))),
                schemaVersion);
    }

    @Override
    public void moved(Connection transaction, Owner owner) throws SQLException {
        MOVED.update(transaction, owner.sideFileId(), owner.id());
    }

    @Override
    public List<Owner> all(Connection connection) throws SQLException {
        return ALL.list(connection, row -> new Owner(row.getLong(1), row.getString(2)));
    }

    @Override
    public boolean exists(Connection connection, long id) throws SQLException {
        return EXISTS.exists(connection, id);
    }

    @Override
    public void remove(Connection transaction, long id) throws SQLException {
        ABANDON_CHANNELS.update(transaction, id);
        REMOVE.update(transaction, id);
    }

    @Override
    public int bury(Connection transaction, long id) throws SQLException {
        int freed = FREE_CHANNELS.update(transaction, id);
        remove(transaction, id);
        return freed;
    }
}
