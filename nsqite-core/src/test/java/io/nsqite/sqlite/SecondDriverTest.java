package io.nsqite.sqlite;

import static io.nsqite.sqlite.TestDatabase.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A second web application with its own copies of the driver and of this library. */
@Timeout(20)
class SecondDriverTest {

    @TempDir
    Path folder;

    @Test
    void aSecondCopyOfTheDriverIsRefusedWhileTheFirstHasTheFileOpen() throws Exception {
        TestDatabase database = TestDatabase.withTable(folder);
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), database.file());
        try (URLClassLoader other = otherApplication()) {
            DataSource strange = dataSource(other, link);
            try (SqliteConnection connection = database.begin()) {
                insert(connection);
                assertThatThrownBy(strange::getConnection)
                        .hasMessageContaining("Another copy of the SQLite driver")
                        .hasMessageContaining(database.file().toRealPath().toString());
                connection.commit();
            }
            assertThat(database.count()).isEqualTo(1);

            try (Connection connection = strange.getConnection()) {
                insert(connection);
                assertThatThrownBy(database::open)
                        .isInstanceOf(UnsuitableDatabaseException.class)
                        .hasFieldOrPropertyWithValue("problem", UnsuitableDatabaseException.Problem.SECOND_DRIVER);
            }
            assertThatNoException().isThrownBy(() -> database.open().close());
        }
    }

    @Test
    void otherFilesAreOpenToASecondCopy() throws Exception {
        TestDatabase database = TestDatabase.withTable(folder);
        try (URLClassLoader other = otherApplication();
                SqliteConnection connection = database.open();
                Connection strange =
                        dataSource(other, folder.resolve("other.db")).getConnection()) {
            assertThat(strange.isValid(1)).isTrue();
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    private static URLClassLoader otherApplication() {
        return new URLClassLoader(
                new URL[] {
                    locationOf(SqliteDataSource.class),
                    locationOf(org.sqlite.JDBC.class),
                    locationOf(org.slf4j.Logger.class),
                    locationOf(ch.qos.logback.classic.Logger.class),
                    locationOf(ch.qos.logback.core.Context.class)
                },
                ClassLoader.getPlatformClassLoader());
    }

    private static URL locationOf(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private static DataSource dataSource(ClassLoader loader, Path file)
            throws ReflectiveOperationException, InvocationTargetException {
        Class<?> type = loader.loadClass(SqliteDataSource.class.getName());
        assertThat(type).isNotEqualTo(SqliteDataSource.class);
        return (DataSource) type.getMethod("forUrl", String.class).invoke(null, "jdbc:sqlite:" + file);
    }
}
