package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.execute;
import static io.nsqite.sqlite.TestDatabase.number;
import static io.nsqite.sqlite.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DefaultsTest {

    @RegisterExtension
    final Threads threads = new Threads();

    @TempDir
    Path folder;

    @Test
    void whereNothingIsSaidTheyAreSensible() throws Exception {
        try (SqliteConnection connection = new TestDatabase(folder).open()) {
            assertThat(text(connection, "PRAGMA journal_mode")).isEqualTo("wal");
            assertThat(number(connection, "PRAGMA busy_timeout")).isEqualTo(5_000);
            assertThat(number(connection, "PRAGMA foreign_keys")).isEqualTo(1);
            assertThat(number(connection, "PRAGMA cache_size")).isEqualTo(-8_000);
            assertThat(number(connection, "PRAGMA synchronous")).as("FULL").isEqualTo(2);
        }
    }

    @Test
    void theUrlBeatsThem() throws Exception {
        try (SqliteConnection connection = new TestDatabase(folder)
                .open(
                        "journal_mode=truncate",
                        "busy_timeout=70",
                        "foreign_keys=off",
                        "cache_size=-300",
                        "synchronous=NORMAL")) {
            assertThat(text(connection, "PRAGMA journal_mode")).isEqualTo("truncate");
            assertThat(number(connection, "PRAGMA busy_timeout")).isEqualTo(70);
            assertThat(number(connection, "PRAGMA foreign_keys")).isZero();
            assertThat(number(connection, "PRAGMA cache_size")).isEqualTo(-300);
            assertThat(number(connection, "PRAGMA synchronous")).isEqualTo(1);
        }
    }

    @Test
    void aPropertyBeatsTheUrlAndNeedNotBeAString() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("test.db") + "?busy_timeout=70&synchronous=OFF&synchronous=NORMAL";
        Properties properties = new Properties();
        properties.put("busy_timeout", 90);
        properties.put("foreign_keys", false);
        SqliteDataSource dataSource = SqliteDataSource.forUrl(url, properties);

        try (SqliteConnection connection = dataSource.getConnection()) {
            assertThat(number(connection, "PRAGMA busy_timeout")).isEqualTo(90);
            assertThat(number(connection, "PRAGMA foreign_keys")).isZero();
            assertThat(number(connection, "PRAGMA synchronous"))
                    .as("the last wins")
                    .isEqualTo(1);
            assertThat(connection.dataSource()).isSameAs(dataSource);
        }
        assertThat(dataSource.url()).isEqualTo(url);
        assertThat(dataSource.properties()).containsEntry("busy_timeout", "90");
    }

    @Test
    void aCopyDiffersInOneProperty() throws Exception {
        SqliteDataSource original = new TestDatabase(folder).dataSource();
        SqliteDataSource copy = original.withProperty("synchronous", "NORMAL");
        original.properties().setProperty("synchronous", "OFF");

        assertThat(original.properties()).isEmpty();
        try (SqliteConnection connection = copy.getConnection()) {
            assertThat(number(connection, "PRAGMA synchronous")).isEqualTo(1);
        }
    }

    @Test
    void theSwitchToWalWaitsForAnotherProcess() throws Exception {
        TestDatabase database = new TestDatabase(folder);
        try (Connection stranger = database.openWithBareDriver()) {
            execute(stranger, "CREATE TABLE t (id INTEGER)");
            execute(stranger, "BEGIN IMMEDIATE");
            Future<String> opening = threads.run(() -> {
                try (SqliteConnection connection = database.open()) {
                    return text(connection, "PRAGMA journal_mode");
                }
            });
            threads.assertWaits(opening);
            execute(stranger, "ROLLBACK");

            assertThat(opening.get(5, TimeUnit.SECONDS)).isEqualTo("wal");
        }
    }

    @Test
    void theSwitchToWalGivesUpWithTheBusyTimeout() throws Exception {
        TestDatabase database = new TestDatabase(folder);
        try (Connection stranger = database.openWithBareDriver()) {
            execute(stranger, "CREATE TABLE t (id INTEGER)");
            execute(stranger, "BEGIN IMMEDIATE");

            assertThatThrownBy(() -> database.open("busy_timeout=40")).hasMessageContaining("SQLITE_BUSY");
            execute(stranger, "ROLLBACK");
        }
        database.open().close();
    }

    @Test
    void manyMayOpenANewFileAtOnce() throws Exception {
        TestDatabase database = new TestDatabase(folder);
        List<Future<String>> openings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            openings.add(threads.run(() -> {
                try (SqliteConnection connection = database.open()) {
                    // SQLite notices what others did to the file when it reads it
                    number(connection, "SELECT count(*) FROM sqlite_schema");
                    return text(connection, "PRAGMA journal_mode");
                }
            }));
        }
        for (Future<String> opening : openings) {
            assertThat(opening.get(10, TimeUnit.SECONDS)).isEqualTo("wal");
        }
    }

    @Test
    void openingNeitherWaitsForAWriterNorBeginsAnything() throws Exception {
        TestDatabase database = TestDatabase.withTable(folder);
        try (SqliteConnection writer = database.begin();
                SqliteConnection another = database.begin("busy_timeout=0")) {
            TestDatabase.insert(writer);
            try (SqliteConnection opened = database.open("busy_timeout=0")) {
                assertThat(opened.isValid(1)).isTrue();
                assertThat(opened.isTransactionActive()).isFalse();
            }
            assertThat(another.isValid(1)).isTrue();
            assertThat(another.isTransactionActive()).isFalse();
        }
    }
}
