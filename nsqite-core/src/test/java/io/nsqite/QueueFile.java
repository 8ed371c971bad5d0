package io.nsqite;

import io.nsqite.admin.ChannelName;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A database file of a test, with short cuts into it. */
public final class QueueFile {

    /** The longest that a test waits for anything. */
    public static final Duration LIMIT = Duration.ofSeconds(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(3);

    public static final ChannelName CHANNEL = new ChannelName("orders", "mail");

    private final SqliteDataSource dataSource;

    public QueueFile(Path folder) {
        this(folder, new Properties());
    }

    public QueueFile(Path folder, Properties properties) {
        dataSource = SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db"), properties);
    }

    public SqliteDataSource dataSource() {
        return dataSource;
    }

    public SqliteConnection transaction() throws SQLException {
        SqliteConnection connection = dataSource.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    public void execute(String sql) throws SQLException {
        try (SqliteConnection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Waits until something is the case, with a limit. */
    public static void await(Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_EVERY)
                .until(condition);
    }

    /** The columns of all rows, each row as a text with its values separated by commas. */
    public List<String> rows(String sql) throws SQLException {
        try (SqliteConnection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    columns.add(String.valueOf(result.getString(column)));
                }
                rows.add(String.join(",", columns));
            }
            return rows;
        }
    }
}
