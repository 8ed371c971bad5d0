package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConnection;

@Timeout(10)
class GeneratedKeysTest {

    private static final String INSERT = "INSERT INTO t (x) VALUES ('x')";

    @TempDir
    Path folder;

    private TestDatabase database;
    private SqliteConnection connection;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.withTable(folder);
        connection = database.open();
        execute(connection, "INSERT INTO t (id, x) VALUES (40, 'earlier')");
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void theDriverLooksNothingUp() throws Exception {
        assertThat(connection
                        .unwrap(SQLiteConnection.class)
                        .getConnectionConfig()
                        .isGetGeneratedKeys())
                .isFalse();
    }

    @Test
    void aPreparedStatementThatReturnsKeysHasThoseOfItsOwnExecution() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
            insert.executeUpdate();
            insertElsewhere();
            assertThat(keys(insert)).containsExactly(41L);
            insert.execute();
            insertElsewhere();
            assertThat(keys(insert)).containsExactly(43L);
        }
    }

    @Test
    void oneThatNamesTheColumnsToo() throws Exception {
        try (PreparedStatement byName = connection.prepareStatement(INSERT, new String[] {"id"});
                PreparedStatement byIndex = connection.prepareStatement(INSERT, new int[] {1})) {
            byName.executeUpdate();
            byIndex.executeUpdate();
            assertThat(keys(byName)).containsExactly(41L);
            assertThat(keys(byIndex)).containsExactly(42L);
        }
    }

    @Test
    void aPlainStatementThatReturnsKeysToo() throws Exception {
        try (Statement one = connection.createStatement();
                Statement two = connection.createStatement();
                Statement three = connection.createStatement()) {
            one.execute(INSERT, Statement.RETURN_GENERATED_KEYS);
            two.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
            three.executeLargeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
            assertThat(keys(one)).containsExactly(41L);
            assertThat(keys(two)).containsExactly(42L);
            assertThat(keys(three)).containsExactly(43L);
        }
    }

    @Test
    void whoDidNotSayThatHeWantsKeysGetsThemIfNothingElseWasInserted() throws Exception {
        try (Statement insert = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement(INSERT)) {
            insert.executeUpdate(INSERT);
            execute(connection, "UPDATE t SET x = 'y'");
            assertThat(keys(insert)).containsExactly(41L);

            prepared.executeUpdate();
            assertThat(keys(prepared)).containsExactly(42L);
        }
    }

    @Test
    void andNeverTheKeyOfAnother() throws Exception {
        try (Statement insert = connection.createStatement();
                PreparedStatement batch = connection.prepareStatement(INSERT)) {
            insert.executeUpdate(INSERT);
            insertElsewhere();
            assertThat(keys(insert)).isEmpty();

            insert.executeUpdate(INSERT);
            batch.addBatch();
            batch.executeBatch();
            assertThat(keys(insert)).isEmpty();

            insert.executeUpdate(INSERT);
            connection.keep(INSERT).executeUpdate();
            assertThat(keys(insert)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replace into t (x) values ('x')",
                "  WITH v AS (SELECT 'x' AS x) INSERT INTO t (x) SELECT x FROM v",
                "INSERT INTO t (x) VALUES ('x') ON CONFLICT DO NOTHING"
            })
    void everyWayToInsertGivesAKey(String sql) throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            insert.executeUpdate();
            assertThat(keys(insert)).containsExactly(41L);
        }
    }

    @Test
    void whatDoesNotInsertHasNone() throws Exception {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE t SET x = 'y'", Statement.RETURN_GENERATED_KEYS)) {
            update.executeUpdate();
            assertThat(keys(update)).isEmpty();
        }
    }

    @Test
    void aBatchHasNone() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
            insert.addBatch();
            insert.addBatch();
            assertThat(insert.executeBatch()).containsExactly(1, 1);
            assertThat(keys(insert)).isEmpty();
        }
    }

    @Test
    void anExecutionThatFailedHasNone() throws Exception {
        try (Statement insert = connection.createStatement()) {
            insert.executeUpdate(INSERT, Statement.RETURN_GENERATED_KEYS);
            assertThatThrownBy(() -> insert.executeUpdate("INSERT INTO t (id, x) VALUES (40, 'again')"))
                    .isInstanceOf(SQLException.class);
            assertThat(keys(insert)).isEmpty();
        }
    }

    @Test
    void keysOutliveTheCommit() throws Exception {
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
            insert.executeUpdate();
            connection.commit();
            assertThat(keys(insert)).containsExactly(41L);
        }
    }

    @Test
    void theColumnIsNamedAsTheDriverNamesIt() throws Exception {
        try (PreparedStatement insert = connection.prepareStatement(INSERT, Statement.RETURN_GENERATED_KEYS)) {
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(keys.getMetaData().getColumnLabel(1)).isEqualTo("last_insert_rowid()");
            }
        }
    }

    @Test
    void whoHasTheDriverLookUpKeysGetsWhatItFinds() throws Exception {
        SqliteDataSource asked = database.dataSource().withProperty("jdbc.get_generated_keys", "true");
        try (SqliteConnection driverLooks = asked.getConnection();
                PreparedStatement insert = driverLooks.prepareStatement(INSERT)) {
            insert.executeUpdate();
            execute(driverLooks, INSERT);
            assertThat(keys(insert)).containsExactly(41L);
        }
    }

    private void insertElsewhere() throws SQLException {
        execute(connection, INSERT);
    }

    private static List<Long> keys(Statement statement) throws SQLException {
        List<Long> keys = new ArrayList<>();
        try (ResultSet result = statement.getGeneratedKeys()) {
            while (result.next()) {
                keys.add(result.getLong(1));
            }
        }
        return keys;
    }
}
