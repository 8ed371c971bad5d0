package io.nsqite.process;

import io.nsqite.Nsqite;
import io.nsqite.message.Message;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/**
 * Asks for messages and adds the numbers in them to a tally in the database: in a transaction of its own, after which it acknowledges in
 * another one. It counts each number once all the same, as applications do: by the ids of those that it has had, or by the position in
 * the log up to which it has come.
 */
final class Tallying {

    static final String[] TABLES = {
        "CREATE TABLE tallied (message_id INTEGER PRIMARY KEY, number INTEGER NOT NULL, times INTEGER NOT NULL)",
        "CREATE TABLE tally (position INTEGER NOT NULL, total INTEGER NOT NULL, times INTEGER NOT NULL)",
        "INSERT INTO tally VALUES (0, 0, 0)"
    };

    private static final int AT_ONCE = 20;
    private static final Duration LONG = Duration.ofDays(1);
    private static final Duration VISIBLE = Duration.ofHours(12);

    private final Nsqite nsqite;
    private final DataSource dataSource;

    Tallying(Nsqite nsqite, DataSource dataSource) {
        this.nsqite = nsqite;
        this.dataSource = dataSource;
    }

    /** Receives with receipts. Some messages are returned at first. */
    void pull() {
        PullConsumer mails = nsqite.pull(ProcessTest.TOPIC, ProcessTest.CHANNEL);
        Asking.begin(mails.consumer(), () -> {
            for (PulledMessage message : mails.receive(AT_ONCE, LONG, VISIBLE)) {
                if (number(message.message()) % 7 == 0 && message.attempt() == 1) {
                    mails.requeue(message.receipt());
                } else {
                    tallyOnce(message.message());
                    mails.finish(message.receipt());
                }
            }
        });
    }

    /** Reads the log. */
    void read() {
        LogReader log = nsqite.log(ProcessTest.TOPIC, ProcessTest.CHANNEL);
        Asking.begin(nsqite.consumers().all().get(0), () -> {
            List<Message> messages = log.fetch(AT_ONCE, LONG);
            if (!messages.isEmpty()) {
                tallyInOrder(messages);
                log.commit(messages.get(messages.size() - 1).id());
            }
        });
    }

    private static long number(Message message) {
        return Long.parseLong(new String(message.payload(), StandardCharsets.UTF_8));
    }

    private void tallyOnce(Message message) throws SQLException {
        update(
                List.of(message),
                "INSERT INTO tallied VALUES (?1, ?2, 1) ON CONFLICT (message_id) DO UPDATE SET times = times + 1");
    }

    /** What lies behind the position is out of order, and would be missing in the total. */
    private void tallyInOrder(List<Message> messages) throws SQLException {
        update(messages, "UPDATE tally SET position = ?1, total = total + ?2, times = times + 1 WHERE position < ?1");
    }

    private void update(List<Message> messages, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            for (Message message : messages) {
                update.setLong(1, message.id());
                update.setLong(2, number(message));
                update.executeUpdate();
            }
            connection.commit();
        }
    }
}
