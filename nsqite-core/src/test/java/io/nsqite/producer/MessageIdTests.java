package io.nsqite.producer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.message.NewMessage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The ids that publishing returns are those of the rows, whatever happened on the connection before. */
@Timeout(30)
class MessageIdTests {

    @TempDir
    Path folder;

    private QueueFile file;
    private Nsqite nsqite;
    private final Random random = new Random(1);
    private final List<String> expected = new ArrayList<>();
    private int number;

    @BeforeEach
    void open() throws SQLException {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource()).build();
        file.execute("CREATE TABLE other (id INTEGER PRIMARY KEY, n INTEGER)");
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    @Test
    void idsAreRightBetweenAllKindsOfStatements() throws Exception {
        try (Connection connection = file.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int transaction = 0; transaction < 100; transaction++) {
                for (int step = 0; step < 20; step++) {
                    step(connection);
                }
                connection.commit();
            }
        }
        assertThat(file.rows("SELECT id, payload FROM nsqite_message WHERE topic_id <> 0 ORDER BY id"))
                .containsExactlyElementsOf(expected);
    }

    private void step(Connection connection) throws SQLException {
        switch (random.nextInt(12)) {
            case 0 -> execute(connection, "INSERT INTO other (n) VALUES (1)");
            case 1 -> execute(connection, "INSERT INTO other (id, n) SELECT max(id) + 1000, 2 FROM other");
            case 2 -> undone(connection);
            case 3 -> publish(connection, NewMessage.to("orders", text()).withPriority(random.nextInt(10)));
            case 4 -> publish(connection, NewMessage.to("orders", text()).withKey("key"));
            case 5 -> publish(connection, NewMessage.to("orders", text()).withDeduplicationKey("once-" + number));
            case 6 -> publishElsewhere(connection);
            default -> publish(connection, NewMessage.to("orders", text()));
        }
    }

    /** In a savepoint that is rolled back, so that its ids are given again. */
    private void undone(Connection connection) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        for (int i = random.nextInt(3); i >= 0; i--) {
            nsqite.producer().publishTx(connection, NewMessage.to("orders", "never"));
        }
        connection.rollback(savepoint);
    }

    private void publishElsewhere(Connection connection) throws SQLException {
        connection.commit();
        expected.add("%d,%s".formatted(nsqite.producer().publish(NewMessage.to("orders", text())), number));
    }

    private void publish(Connection connection, NewMessage message) {
        expected.add("%d,%s".formatted(nsqite.producer().publishTx(connection, message), number));
    }

    private String text() {
        return Integer.toString(++number);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
