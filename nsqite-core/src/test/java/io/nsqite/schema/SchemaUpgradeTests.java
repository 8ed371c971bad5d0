package io.nsqite.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.ManualTimer;
import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.owner.Ownership;
import io.nsqite.store.QueueStore;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A later library, which has more tables, and this one on one file. */
@Timeout(30)
class SchemaUpgradeTests {

    private static final String MORE = """
            CREATE TABLE ${prefix}more (id INTEGER PRIMARY KEY);
            UPDATE ${prefix}schema SET version = 2, oldest_compatible_version = max(oldest_compatible_version, %d);
            """;

    @TempDir
    Path folder;

    private QueueFile file;

    @BeforeEach
    void create() {
        file = new QueueFile(folder);
    }

    private Nsqite thisLibrary() {
        return Nsqite.builder(file.dataSource()).build();
    }

    /** With tables that a library must know up to this version to live with. */
    private static Schema later(int oldestCompatible) {
        return new Schema(
                TablePrefix.DEFAULT,
                SchemaMode.ALWAYS,
                List.of(
                        Migration.ofScript(1, 1),
                        new Migration(2, oldestCompatible, MORE.formatted(oldestCompatible))));
    }

    /** Starts a later library as one of the owners, and ends it. */
    private void startLater(Schema schema) throws SQLException {
        try (QueueDatabase database = QueueDatabase.open(file.dataSource(), schema);
                Ownership ownership = new Ownership(
                        database,
                        QueueStore.sqlite(TablePrefix.DEFAULT),
                        new ManualTimer(),
                        InstantSource.fixed(Instant.EPOCH),
                        Duration.ofSeconds(10))) {
            assertThat(file.rows("SELECT schema_version FROM nsqite_owner WHERE id = " + ownership.id()))
                    .containsExactly("2");
        }
    }

    private String versions() throws SQLException {
        return String.join(";", file.rows("SELECT version, oldest_compatible_version FROM nsqite_schema"));
    }

    @Test
    void aNewFileGetsTheNewestTables() throws Exception {
        startLater(later(2));
        assertThat(versions()).isEqualTo("2,2");
        assertThat(file.rows("SELECT * FROM nsqite_more")).isEmpty();
    }

    @Test
    void anUpgradeThatALivingOwnerCantBearIsRefusedAndChangesNothing() throws Exception {
        try (Nsqite old = thisLibrary()) {
            assertThatExceptionOfType(SchemaUpgradeException.class)
                    .isThrownBy(() -> startLater(later(2)))
                    .withMessageContaining("have version 1 and must be upgraded to 2")
                    .withMessageContaining("owner 1 (nsqite 0.")
                    .withMessageContaining("Stop them first")
                    .satisfies(e -> assertThat(e.users())
                            .extracting(TableUsers.User::ownerId)
                            .containsExactly(1L))
                    .satisfies(e -> assertThat(List.of(e.found(), e.wanted())).containsExactly(1, 2));

            assertThat(versions()).isEqualTo("1,1");
            assertThat(file.rows("SELECT 1 FROM sqlite_master WHERE name = 'nsqite_more'"))
                    .isEmpty();
            assertThat(file.rows("SELECT id FROM nsqite_owner")).containsExactly("1");
            old.producer().publish("orders", "x");
        }

        startLater(later(2));

        assertThat(versions()).isEqualTo("2,2");
        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(this::thisLibrary)
                .withMessageContaining("version 2");
        assertThat(file.rows("SELECT id FROM nsqite_owner")).isEmpty();
    }

    @Test
    void anUpgradeThatOlderLibrariesCanBearHappensBesideThem() throws Exception {
        try (Nsqite old = thisLibrary()) {
            startLater(later(1));
            old.producer().publish("orders", "x");
        }
        assertThat(versions()).isEqualTo("2,1");
        thisLibrary().close();
        startLater(later(1));
        assertThat(versions()).isEqualTo("2,1");
    }

    @Test
    void whoIsDeadDoesNotCount() throws Exception {
        String sideFile;
        try (Nsqite old = thisLibrary()) {
            sideFile = file.rows("SELECT side_file_id FROM nsqite_owner").get(0);
            insertOwner(sideFile);
            assertThatExceptionOfType(SchemaUpgradeException.class)
                    .isThrownBy(() -> startLater(later(2)))
                    .withMessageNotContaining("owner 9");
            old.producer().publish("orders", "x");
        }
        file.execute("DELETE FROM nsqite_owner");
        insertOwner(sideFile);

        startLater(later(2));

        assertThat(versions()).isEqualTo("2,2");
    }

    /** As one that was killed leaves it: the row stays, and nobody holds the byte. */
    private void insertOwner(String sideFile) throws SQLException {
        file.execute("INSERT INTO nsqite_owner (id, started_at, library_version, side_file_id)"
                + " VALUES (9, 0, '0.1.0', '" + sideFile + "')");
    }

    @Test
    void whoCanNotBeJudgedCountsAsAliveAndTheMessageSaysHowToForgetIt() throws Exception {
        thisLibrary().close();
        insertOwner("of another machine");

        assertThatExceptionOfType(SchemaUpgradeException.class)
                .isThrownBy(() -> startLater(later(2)))
                .withMessageContaining("owner 9 (nsqite 0.1.0)")
                .withMessageContaining("DELETE FROM nsqite_owner WHERE id IN (9)");

        file.execute("DELETE FROM nsqite_owner WHERE id IN (9)");
        startLater(later(2));
        assertThat(versions()).isEqualTo("2,2");
    }
}
