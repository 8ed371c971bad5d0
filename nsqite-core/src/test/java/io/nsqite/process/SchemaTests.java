package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.Nsqite;
import io.nsqite.schema.SchemaVersionException;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

class SchemaTests extends ProcessTest {

    private static final int NEW_FILES = 5;

    @Test
    void tablesThatNeedANewerLibraryAreRefusedAndLeftAsTheyAre() throws Exception {
        queue().close();
        Connection connection = raw();
        execute(connection, "UPDATE nsqite_schema SET version = 99, oldest_compatible_version = 98");

        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(this::queue)
                .withMessageContaining("98")
                .withMessageContaining("versions up to 1")
                .withMessageContaining("Use a library at least as new");

        assertThat(owners(connection)).isEmpty();
        execute(connection, "UPDATE nsqite_schema SET version = 99, oldest_compatible_version = 1");
        assertThat(queue().admin().topics()).isEmpty();
    }

    @Test
    void twoProcessesThatStartAtOnceOnANewFileBothWork() throws Exception {
        Child a = closing(Child.start("A"));
        Child b = closing(Child.start("B"));
        a.await("@started");
        b.await("@started");
        for (int round = 1; round <= NEW_FILES; round++) {
            Path database = folder.resolve("new-" + round + ".db");
            a.open(database);
            b.open(database);
            a.await("@opened", round);
            b.await("@opened", round);
            a.send("publish from-a");
            b.send("publish from-b");
            try (Nsqite nsqite = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + database))
                    .build()) {
                until(() -> Handled.of(database).ids().size() == 2);
                nsqite.admin().awaitDrained(NAME, LIMIT);
            }
            a.send("close");
            b.send("close");
            a.await("@closed", round);
            b.await("@closed", round);
            assertThat(a.count("Created the nsqite tables") + b.count("Created the nsqite tables"))
                    .isEqualTo(round);
        }
        a.stop();
        b.stop();
    }
}
