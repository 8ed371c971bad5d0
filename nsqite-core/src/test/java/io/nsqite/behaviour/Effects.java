package io.nsqite.behaviour;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What the application writes: a row for each message whose handling took effect. */
final class Effects implements AutoCloseable {

    private final Connection transaction;

    private Effects(Connection transaction) {
        this.transaction = transaction;
    }

    static Effects in(QueueUnderTest queue) throws SQLException {
        Effects effects = new Effects(queue.transaction());
        try (Statement statement = effects.transaction.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS effect (message BIGINT NOT NULL)");
        }
        return effects;
    }

    void add(long message) throws SQLException {
        add(transaction, message);
    }

    static void add(Connection transaction, long message) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("INSERT INTO effect (message) VALUES (?)")) {
            insert.setLong(1, message);
            insert.executeUpdate();
        }
    }

    List<Long> all() throws SQLException {
        List<Long> all = new ArrayList<>();
        try (Statement statement = transaction.createStatement();
                ResultSet rows = statement.executeQuery("SELECT message FROM effect ORDER BY message")) {
            while (rows.next()) {
                all.add(rows.getLong(1));
            }
        }
        return all;
    }

    void commit() throws SQLException {
        transaction.commit();
    }

    @Override
    public void close() throws SQLException {
        transaction.rollback();
        transaction.close();
    }
}
