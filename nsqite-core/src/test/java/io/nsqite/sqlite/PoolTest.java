package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static io.nsqite.sqlite.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PoolTest {

    private static final int THREADS = 8;
    private static final int TRANSACTIONS = 50;

    @RegisterExtension
    final Threads threads = new Threads();

    @TempDir
    Path folder;

    private TestDatabase database;

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.withTable(folder);
    }

    @Test
    void aPoolThatClosesIsToldToWaitForConnectionsThatAreJustBeingOpened() throws Exception {
        SqliteDataSource dataSource = database.dataSource();
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setConnectionTimeout(7_000);
        try (HikariDataSource pool = new HikariDataSource(config)) {
            assertThat(pool.getConnection()).isNotNull();
            assertThat(dataSource.getLoginTimeout()).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10})
    void transactionsThatReadAndThenWriteNeverFail(int poolSize) throws Exception {
        try (HikariDataSource pool = pool(poolSize)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.run(() -> {
                    for (int turn = 0; turn < TRANSACTIONS; turn++) {
                        readAndWrite(pool);
                    }
                    return null;
                }));
            }
            for (Future<Void> thread : running) {
                thread.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(database.count()).isEqualTo(THREADS * TRANSACTIONS);
        try (SqliteConnection connection = database.open()) {
            // each counted what was there before it, so all the counts differ only if no two overlapped
            assertThat(number(connection, "SELECT count(DISTINCT x) FROM t")).isEqualTo(THREADS * TRANSACTIONS);
        }
    }

    private static void readAndWrite(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            long count = number(connection, "SELECT count(*) FROM t");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t (x) VALUES (?)")) {
                insert.setLong(1, count);
                insert.executeUpdate();
            }
            connection.commit();
        }
    }

    @Test
    void ourConnectionIsReachedThroughThePool() throws Exception {
        try (HikariDataSource pool = pool(1);
                Connection connection = pool.getConnection()) {
            SqliteConnection ours = connection.unwrap(SqliteConnection.class);
            connection.setAutoCommit(false);
            insert(connection);
            assertThat(ours.isTransactionActive()).isTrue();
            PreparedStatement kept = ours.keep("INSERT INTO t (x) VALUES ('kept')");
            kept.executeUpdate();
            connection.rollback();
        }
        assertThat(database.count()).isZero();
    }

    @Test
    void aConnectionGivenBackInATransactionIsRolledBack() throws Exception {
        try (HikariDataSource pool = pool(1)) {
            SqliteConnection ours;
            try (Connection connection = pool.getConnection()) {
                ours = connection.unwrap(SqliteConnection.class);
                connection.setReadOnly(true);
                connection.setAutoCommit(false);
                number(connection, "SELECT count(*) FROM t");
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.unwrap(SqliteConnection.class)).isSameAs(ours);
                assertThat(connection.isReadOnly()).isFalse();
                connection.setAutoCommit(false);
                insert(connection);
            }
            assertThat(ours.isTransactionActive()).isFalse();
            assertThat(ours.hasTransactionEnded()).isFalse();
            assertThat(ours.database().permit().isHeld()).isFalse();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
                insert(connection);
            }
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void aTimeoutDoesNotPoisonTheConnectionNorEvictIt() throws Exception {
        try (SqliteConnection writer = database.begin();
                HikariDataSource pool = pool(1, "busy_timeout=20")) {
            insert(writer);
            SqliteConnection timedOut = threads.elsewhere(() -> {
                try (Connection connection = pool.getConnection()) {
                    connection.setAutoCommit(false);
                    assertThatThrownBy(() -> insert(connection)).isInstanceOf(WriteTimeoutException.class);
                    return connection.unwrap(SqliteConnection.class);
                }
            });
            writer.rollback();
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.unwrap(SqliteConnection.class)).isSameAs(timedOut);
                connection.setAutoCommit(false);
                insert(connection);
                connection.rollback();
            }
        }
        assertThat(database.count()).isZero();
    }

    @Test
    void aPoolWithAutocommitOffHoldsNothingWhileItIsIdle() throws Exception {
        HikariConfig config = config(2);
        config.setAutoCommit(false);
        config.setConnectionInitSql("PRAGMA foreign_keys = ON");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            SqliteConnection ours;
            try (Connection connection = pool.getConnection()) {
                ours = connection.unwrap(SqliteConnection.class);
                assertThat(ours.isTransactionActive()).isFalse();
                insert(connection);
                connection.commit();
                assertThat(ours.hasTransactionEnded()).isTrue();
                insert(connection);
            }
            assertThat(ours.database().permit().isHeld()).isFalse();
            assertThat(ours.hasTransactionEnded()).isFalse();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void thePoolGrowsWhileAThreadIsWriting() throws Exception {
        HikariConfig config = config(3);
        config.setMinimumIdle(0);
        config.setConnectionInitSql("SELECT count(*) FROM t");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection writer = pool.getConnection()) {
            writer.setAutoCommit(false);
            insert(writer);
            try (Connection reader = pool.getConnection()) {
                assertThat(number(reader, "SELECT count(*) FROM t")).isZero();
                assertThatThrownBy(() -> insert(reader)).isInstanceOf(SecondWriterException.class);
            }
            writer.commit();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void evictingAConnectionInUseLetsTheOthersWrite() throws Exception {
        try (HikariDataSource pool = pool(2)) {
            Connection evicted = pool.getConnection();
            evicted.setAutoCommit(false);
            insert(evicted);
            evicted.abort(Runnable::run);
            threads.elsewhere(() -> {
                try (Connection next = pool.getConnection()) {
                    insert(next);
                }
                return true;
            });
        }
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void resultsOfWritesAreClosedWhenTheConnectionIsGivenBack() throws Exception {
        try (HikariDataSource pool = pool(1)) {
            try (Connection connection = pool.getConnection()) {
                ResultSet forgotten =
                        connection.createStatement().executeQuery("INSERT INTO t (x) VALUES ('x') RETURNING id");
                assertThat(forgotten.next()).isTrue();
                assertThat(connection
                                .unwrap(SqliteConnection.class)
                                .database()
                                .permit()
                                .isHeld())
                        .isTrue();
            }
            try (Connection connection = pool.getConnection()) {
                assertThat(connection
                                .unwrap(SqliteConnection.class)
                                .database()
                                .permit()
                                .isHeld())
                        .isFalse();
                execute(connection, "DELETE FROM t");
            }
        }
        assertThat(database.count()).isZero();
    }

    @Test
    void anUnsuitableDatabaseIsInTheCausesOfThePoolsFailure() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(SqliteDataSource.forUrl("jdbc:sqlite::memory:"));

        assertThat(catchThrowable(() -> new HikariDataSource(config).close()))
                .hasRootCauseInstanceOf(UnsuitableDatabaseException.class);
    }

    private HikariDataSource pool(int size, String... parameters) {
        return new HikariDataSource(config(size, parameters));
    }

    private HikariConfig config(int size, String... parameters) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(database.dataSource(parameters));
        config.setMaximumPoolSize(size);
        return config;
    }
}
