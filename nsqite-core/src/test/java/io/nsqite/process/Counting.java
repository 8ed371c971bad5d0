package io.nsqite.process;

import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.message.Delivery;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A handler that adds the number which it is sent to a counter in the database, in one transaction with the acknowledgement. */
final class Counting implements HandlerTransaction {

    static final String TABLE =
            "CREATE TABLE counter (name TEXT PRIMARY KEY, total INTEGER NOT NULL, times INTEGER NOT NULL)";

    private final ThreadLocal<Connection> current = new ThreadLocal<>();
    private final DataSource dataSource;

    Counting(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void run(Body body) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            current.set(connection);
            try {
                body.handle();
                body.acknowledge(connection);
                connection.commit();
            } catch (Throwable failure) {
                connection.rollback();
                throw failure;
            }
        }
    }

    /** Fails at first with some of the messages, after it has written. */
    void add(Delivery delivery) throws SQLException {
        long number = Long.parseLong(new String(delivery.message().payload(), StandardCharsets.UTF_8));
        try (PreparedStatement update = current.get()
                .prepareStatement("UPDATE counter SET total = total + ?, times = times + 1 WHERE name = ?")) {
            update.setLong(1, number);
            update.setString(2, delivery.channel());
            update.executeUpdate();
        }
        if (number % 7 == 0 && delivery.attempt() == 1) {
            throw new IllegalStateException("told to fail at first");
        }
    }
}
