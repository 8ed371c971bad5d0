package io.nsqite.process;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A database, processes that use it, and hands to reach into it from outside. Everything that was opened is closed at the
 * end, the latest first. What waits does so for {@link #LIMIT} at the most; the timeout is for what hangs beyond that, and not for
 * a busy machine on which each of several JVMs takes its time to start.
 */
@Timeout(240)
abstract class ProcessTest {

    static final Duration LIMIT = Duration.ofSeconds(30);
    static final String TOPIC = "orders";
    static final String CHANNEL = "mail";
    static final ChannelName NAME = new ChannelName(TOPIC, CHANNEL);

    /** A lease that no test sees the end of: who takes over does so by the lock. */
    static final Duration NO_LEASE = Duration.ofHours(1);

    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<ILoggingEvent> logged = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            logged.add(event);
        }
    };

    @BeforeEach
    void listenToTheLog() {
        appender.start();
        ((Logger) LoggerFactory.getLogger("io.nsqite")).addAppender(appender);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int last = opened.size() - 1; last >= 0; last--) {
            opened.get(last).close();
        }
        ((Logger) LoggerFactory.getLogger("io.nsqite")).detachAppender(appender);
    }

    /** How much larger than usual, for long runs. */
    static int scale() {
        return Integer.getInteger("nsqite.test.scale", 1);
    }

    Path database() {
        return folder.resolve("app.db");
    }

    SqliteDataSource dataSource() {
        return SqliteDataSource.forUrl("jdbc:sqlite:" + database());
    }

    <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Another process that begins to use the queue. */
    Child launch(String name, String... settings) throws IOException {
        Child child = closing(Child.start(name));
        child.open(database(), settings);
        return child;
    }

    /** Another process that uses the queue. */
    Child child(String name, String... settings) throws IOException {
        Child child = launch(name, settings);
        child.await("@opened");
        return child;
    }

    /** The queue, opened by this process. */
    Nsqite queue(NsqiteOptions options) {
        return closing(Nsqite.builder(dataSource()).options(options).build());
    }

    Nsqite queue() {
        return queue(NsqiteOptions.defaults().withLease(NO_LEASE));
    }

    static List<Long> publish(Nsqite nsqite, int messages) {
        return nsqite.producer()
                .publish(IntStream.range(0, messages)
                        .mapToObj(number -> NewMessage.to(TOPIC, "message-" + number))
                        .toList());
    }

    Handled handled() throws IOException {
        return Handled.of(database());
    }

    static ChannelStatus status(Nsqite nsqite) {
        return nsqite.admin().channels().stream()
                .filter(status -> status.name().equals(NAME))
                .findFirst()
                .orElseThrow();
    }

    static void until(Callable<Boolean> condition) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(condition);
    }

    void untilLogged(String text) {
        await("log line: " + text).atMost(LIMIT).until(() -> hasLogged(text));
    }

    boolean hasLogged(String text) {
        return timesLogged(text) > 0;
    }

    long timesLogged(String text) {
        return logged.stream()
                .filter(event -> event.getFormattedMessage().contains(text))
                .count();
    }

    /** A connection of the driver's own, as any other program would open it. */
    Connection raw() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database() + "?busy_timeout=30000");
        return closing(connection);
    }

    static void execute(Connection connection, String... statements) throws SQLException {
        connection.setAutoCommit(statements.length == 1);
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        }
        if (!connection.getAutoCommit()) {
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    static List<Long> longs(Connection connection, String query) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            List<Long> numbers = new ArrayList<>();
            while (result.next()) {
                numbers.add(result.getLong(1));
            }
            return numbers;
        } catch (SQLException e) {
            throw new AssertionError(query, e);
        }
    }

    static List<Long> owners(Connection connection) {
        return longs(connection, "SELECT id FROM nsqite_owner ORDER BY id");
    }

    static List<Long> servedBy(Connection connection) {
        return longs(connection, "SELECT owner_id FROM nsqite_channel WHERE owner_id IS NOT NULL");
    }

    /**
     * Waits until a process that uses the queue has looked around: adds an owner that nobody is, and waits for its
     * burial. A judgement that has not been made by then is not made for lack of time.
     */
    static void untilSomebodyLookedAround(Connection connection) throws SQLException {
        execute(
                connection,
                "INSERT INTO nsqite_owner (started_at, library_version, side_file_id)"
                        + " SELECT 0, 'nobody', side_file_id FROM nsqite_owner ORDER BY id DESC LIMIT 1");
        until(() -> longs(connection, "SELECT id FROM nsqite_owner WHERE library_version = 'nobody'")
                .isEmpty());
    }
}
