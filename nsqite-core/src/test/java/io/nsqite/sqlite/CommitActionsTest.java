package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class CommitActionsTest {

    @TempDir
    Path folder;

    private final List<String> done = new ArrayList<>();
    private TestDatabase database;

    @BeforeEach
    void createTable() throws Exception {
        database = TestDatabase.withTable(folder);
    }

    @Test
    void runOnceInTheirOrderAfterThePermitWasGivenBack() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            Runnable first = () -> done.add(
                    "first, permit held: " + connection.database().permit().isHeldByCurrentThread());
            insert(connection);
            connection.afterCommit(first);
            connection.afterCommit(() -> done.add("second, transaction active: " + connection.isTransactionActive()));
            connection.afterCommit(first);
            connection.commit();
            connection.commit();
        }

        assertThat(done).containsExactly("first, permit held: false", "second, transaction active: false");
    }

    @Test
    void areDroppedByARollback() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            insert(connection);
            connection.afterCommit(() -> done.add("rolled back"));
            connection.rollback();
            insert(connection);
            connection.commit();
        }

        assertThat(done).isEmpty();
    }

    @Test
    void areDroppedByAFailedCommit() throws Exception {
        database.execute(
                "CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)");
        try (SqliteConnection connection = database.begin()) {
            connection.afterCommit(() -> done.add("failed"));
            execute(connection, "INSERT INTO child (t) VALUES (99)");
            assertThatThrownBy(connection::commit).hasMessageContaining("FOREIGN KEY");
            insert(connection);
            connection.commit();
        }

        assertThat(done).isEmpty();
    }

    @Test
    void mayFailWithoutFailingTheCommitOrTheNextOne() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            insert(connection);
            connection.afterCommit(() -> {
                throw new IllegalStateException("on purpose");
            });
            connection.afterCommit(() -> done.add("second"));
            connection.commit();
        }

        assertThat(done).containsExactly("second");
        assertThat(database.count()).isEqualTo(1);
    }

    @Test
    void runAfterACommitBySwitchingAutocommitOnAndBySql() throws Exception {
        try (SqliteConnection connection = database.begin()) {
            insert(connection);
            connection.afterCommit(() -> done.add("sql"));
            execute(connection, "COMMIT");
            insert(connection);
            connection.afterCommit(() -> done.add("switch"));
            connection.setAutoCommit(true);
        }

        assertThat(done).containsExactly("sql", "switch");
    }

    @Test
    void needATransactionToCome() throws Exception {
        try (SqliteConnection connection = database.open()) {
            assertThatThrownBy(() -> connection.afterCommit(() -> done.add("never")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Autocommit is on");
        }
    }
}
