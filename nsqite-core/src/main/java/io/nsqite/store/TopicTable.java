package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** {@code nsqite_topic}. */
final class TopicTable implements TopicStore {

    private static final Sql FIND = Sql.of("SELECT id FROM nsqite_topic WHERE name = ?");
    private static final Sql CREATE = Sql.of("INSERT INTO nsqite_topic (name) VALUES (?) RETURNING id");
    private static final Sql HAD_CHANNEL = Sql.of("SELECT 1 FROM nsqite_topic WHERE id = ? AND had_channel = 1");
    private static final Sql GOT_CHANNEL = Sql.of("UPDATE nsqite_topic SET had_channel = 1 WHERE id = ?");

    @Override
    public Optional<Long> find(Connection connection, String name) throws SQLException {
        return FIND.first(connection, row -> row.getLong(1), name);
    }

    @Override
    public long findOrCreate(Connection transaction, String name) throws SQLException {
        Optional<Long> id = find(transaction, name);
        return id.isPresent() ? id.get() : CREATE.number(transaction, name);
    }

    boolean hadChannel(Connection transaction, long id) throws SQLException {
        return HAD_CHANNEL.exists(transaction, id);
    }

    void gotChannel(Connection transaction, long id) throws SQLException {
        GOT_CHANNEL.update(transaction, id);
    }
}
