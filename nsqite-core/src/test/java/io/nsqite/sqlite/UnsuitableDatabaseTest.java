package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nsqite.sqlite.UnsuitableDatabaseException.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnsuitableDatabaseTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:",
                "jdbc:sqlite:?cache_size=100",
                "jdbc:sqlite:file::memory:?cache=shared",
                "jdbc:sqlite:file:x?mode=memory&cache=shared",
                "jdbc:sqlite:file:/x?vfs=memdb",
                "jdbc:sqlite:x.db?open_mode=134",
            })
    void aDatabaseInMemoryIsRefusedWithTheUrlOfAFile(String url) {
        UnsuitableDatabaseException refusal = refusal(SqliteDataSource.forUrl(url));

        assertThat(refusal.problem()).isEqualTo(Problem.IN_MEMORY);
        assertThat(refusal.action()).contains("jdbc:sqlite:" + System.getProperty("java.io.tmpdir"));
    }

    @Test
    void theSuggestedUrlWorks() throws Exception {
        String action = refusal(SqliteDataSource.forUrl("jdbc:sqlite::memory:")).action();
        String url = action.substring(action.indexOf("jdbc:"));

        try (SqliteConnection connection = SqliteDataSource.forUrl(url).getConnection()) {
            Files.deleteIfExists(connection.database().path());
        }
    }

    @Test
    void aMissingFolderIsNamed() {
        UnsuitableDatabaseException refusal =
                refusal(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("missing/app.db")));

        assertThat(refusal.problem()).isEqualTo(Problem.MISSING_FOLDER);
        assertThat(refusal).hasMessageContaining(folder.resolve("missing").toString());
    }

    @Test
    void aPathThatCantBeFollowedIsNamed() {
        String path = folder.resolve("gone/app.db").toString();

        UnsuitableDatabaseException refusal =
                catchThrowableOfType(UnsuitableDatabaseException.class, () -> DatabaseLocation.realPath(path));

        assertThat(refusal.problem()).isEqualTo(Problem.UNRESOLVED_PATH);
        assertThat(refusal).hasMessageContaining(path).hasMessageContaining("NoSuchFileException");
    }

    @ParameterizedTest
    @CsvSource({"transaction_mode,IMMEDIATE", "transaction_mode,exclusive", "jdbc.explicit_readonly,true"})
    void settingsThatBreakTransactionsAreRefusedInUrlAndProperties(String name, String value) {
        String url = "jdbc:sqlite:" + folder.resolve("app.db");
        Properties properties = new Properties();
        properties.setProperty(name, value);

        for (SqliteDataSource dataSource : new SqliteDataSource[] {
            SqliteDataSource.forUrl(url + "?" + name + "=" + value), SqliteDataSource.forUrl(url, properties)
        }) {
            UnsuitableDatabaseException refusal = refusal(dataSource);
            assertThat(refusal.problem()).isEqualTo(Problem.TRANSACTION_MODE);
            assertThat(refusal).hasMessageContaining(name + "=" + value).hasMessageContaining("Remove it");
        }
    }

    @Test
    void harmlessValuesOfThemAreAccepted() {
        String url =
                "jdbc:sqlite:" + folder.resolve("app.db") + "?transaction_mode=DEFERRED&jdbc.explicit_readonly=false";

        assertThatNoException()
                .isThrownBy(() -> SqliteDataSource.forUrl(url).getConnection().close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:%s?open_mode=1", "jdbc:sqlite:file:%s?mode=ro"})
    void aDatabaseToBeReadIsRefusedForWritingOnly(String url) throws Exception {
        TestDatabase database = TestDatabase.withTable(folder);
        SqliteDataSource readOnly = SqliteDataSource.forUrl(url.formatted(database.file()));

        UnsuitableDatabaseException refusal =
                catchThrowableOfType(UnsuitableDatabaseException.class, readOnly::checkWritable);
        assertThat(refusal.problem()).isEqualTo(Problem.READ_ONLY);
        assertThatNoException().isThrownBy(() -> readOnly.getConnection().close());
        assertThatNoException().isThrownBy(() -> database.dataSource().checkWritable());
    }

    @Test
    void anotherDatabaseIsRefused() {
        UnsuitableDatabaseException refusal =
                catchThrowableOfType(UnsuitableDatabaseException.class, () -> SqliteDataSource.forUrl("jdbc:h2:mem:x"));

        assertThat(refusal.problem()).isEqualTo(Problem.NOT_SQLITE);
        assertThat(SqliteDataSource.accepts("jdbc:h2:mem:x")).isFalse();
        assertThat(SqliteDataSource.accepts("JDBC:SQLite:x")).isTrue();
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("notes.txt"), "Not a database. ".repeat(100));

        assertThat(refusal(SqliteDataSource.forUrl("jdbc:sqlite:" + file)).problem())
                .isEqualTo(Problem.NOT_A_DATABASE);
        assertThat(Files.readString(file)).startsWith("Not a database.");
    }

    @Test
    void aTimeoutThatIsNoNumberIsRefused() {
        UnsuitableDatabaseException refusal =
                refusal(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db") + "?busy_timeout=5s"));

        assertThat(refusal.problem()).isEqualTo(Problem.INVALID_SETTING);
        assertThat(refusal).hasMessageContaining("busy_timeout").hasMessageContaining("5s");
    }

    private static UnsuitableDatabaseException refusal(SqliteDataSource dataSource) {
        UnsuitableDatabaseException early =
                catchThrowableOfType(UnsuitableDatabaseException.class, dataSource::getConnection);
        assertThat(early).isNotNull();
        return early;
    }
}
