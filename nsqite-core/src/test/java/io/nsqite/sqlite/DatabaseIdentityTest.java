package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class DatabaseIdentityTest {

    @TempDir
    Path folder;

    @Test
    void everyWayToAFileLeadsToTheSameDatabase() throws Exception {
        TestDatabase database = TestDatabase.withTable(folder);
        Path file = database.file().toRealPath();
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
        Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), folder);
        String[] ways = {
            file.toString(),
            link.toString(),
            linkedFolder.resolve("test.db").toString(),
            folder + "/./linked/../" + folder.getFileName() + "/test.db",
            Path.of("").toAbsolutePath().relativize(file).toString(),
            "file:" + file,
            "file://" + file,
            "file://localhost" + file + "?cache=private",
            "file:" + file.toString().replace("test", "%74est"),
            "file:" + Path.of("").toAbsolutePath().relativize(file),
        };
        try (SqliteConnection first = database.open()) {
            assertThat(first.database().path()).isEqualTo(file);
            for (String way : ways) {
                try (SqliteConnection other =
                        SqliteDataSource.forUrl("jdbc:sqlite:" + way).getConnection()) {
                    assertThat(other.database()).as(way).isSameAs(first.database());
                }
            }
        }
    }

    @Test
    void aLinkToAFileThatDoesNotExistYetIsFollowed() throws Exception {
        Path target = folder.toRealPath().resolve("target.db");
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), target);
        try (SqliteConnection connection =
                SqliteDataSource.forUrl("jdbc:sqlite:" + link).getConnection()) {
            assertThat(connection.database().path()).isEqualTo(target);
        }
    }

    @Test
    void otherFilesAreOtherDatabasesWithTheirOwnPermits() throws Exception {
        Path otherFolder = Files.createDirectory(folder.resolve("other"));
        try (SqliteConnection first = TestDatabase.withTable(folder).begin();
                SqliteConnection second = TestDatabase.withTable(otherFolder).begin()) {
            insert(first);
            insert(second);
            assertThat(first.database()).isNotSameAs(second.database());
            first.commit();
            second.commit();
        }
    }

    @Test
    void aDatabaseIsForgottenWithItsLastConnection() throws Exception {
        TestDatabase database = TestDatabase.withTable(folder);
        SqliteDatabase before;
        try (SqliteConnection connection = database.open();
                SqliteConnection other = database.open()) {
            before = connection.database();
            assertThat(other.database()).isSameAs(before);
        }
        try (SqliteConnection connection = database.open()) {
            assertThat(connection.database()).isNotSameAs(before);
        }
    }
}
