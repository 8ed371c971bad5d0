package io.nsqite.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.jdbc.TablePrefix;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Queues whose tables somebody else creates. */
@Timeout(30)
class SchemaModeTests {

    @TempDir
    Path folder;

    private QueueFile file;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
    }

    private Nsqite open(SchemaMode mode) {
        return Nsqite.builder(file.dataSource())
                .tablePrefix("jobs_")
                .schemaMode(mode)
                .build();
    }

    private InvalidSchemaException refusal(SchemaMode mode) {
        InvalidSchemaException[] refusal = new InvalidSchemaException[1];
        assertThatExceptionOfType(InvalidSchemaException.class)
                .isThrownBy(() -> open(mode))
                .satisfies(e -> refusal[0] = e);
        return refusal[0];
    }

    /** As a tool for migrations does it. */
    private void migrate() throws SQLException {
        try (var transaction = file.transaction()) {
            Migration.ofScript(1, 1).run(transaction, new TablePrefix("jobs_"));
            transaction.commit();
        }
    }

    private List<String> schema() throws SQLException {
        return file.rows("SELECT name, sql FROM sqlite_master ORDER BY name");
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NEVER"})
    void tablesThatAMigrationCreatedAreUsedAndNothingIsAddedToThem(SchemaMode mode) throws Exception {
        migrate();
        List<String> before = schema();

        try (Nsqite nsqite = open(mode)) {
            nsqite.consume("orders", "mail", delivery -> {});
            nsqite.producer().publish("orders", "x");
            nsqite.admin().awaitDrained(QueueFile.CHANNEL, QueueFile.LIMIT);
            assertThat(file.rows("SELECT count(*) FROM jobs_owner")).containsExactly("1");
        }

        assertThat(schema()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NEVER"})
    void missingTablesAreToldAllAtOnceWithTheScriptToRunAndNothingIsCreated(SchemaMode mode) throws Exception {
        InvalidSchemaException refusal = refusal(mode);

        assertThat(refusal.description())
                .contains("needs its tables jobs_* in version 1", "Found: no version", "Missing: table jobs_schema, ");
        assertThat(refusal.action())
                .contains("run io/nsqite/schema/V1.sql", "jobs_ for ${prefix}", "nsqite.schema.initialize=always");
        assertThat(refusal).hasMessageContainingAll(refusal.description(), refusal.action());
        assertThat(refusal.missing())
                .contains("table jobs_schema", "table jobs_message", "table jobs_owner", "table jobs_delivery")
                .filteredOn(name -> name.startsWith("table "))
                .hasSize(8);
        assertThat(schema()).isEmpty();
    }

    @Test
    void everythingThatIsMissingIsToldByValidation() throws Exception {
        migrate();
        file.execute("ALTER TABLE jobs_owner DROP COLUMN side_file_id");
        file.execute("DROP INDEX jobs_message_priority");
        file.execute("DROP TRIGGER jobs_message_last");
        file.execute("DROP VIEW jobs_dead_letter");
        file.execute("DROP TABLE jobs_done");

        InvalidSchemaException refusal = refusal(SchemaMode.VALIDATE);

        assertThat(refusal.missing())
                .containsExactlyInAnyOrder(
                        "table jobs_done",
                        "index jobs_message_priority",
                        "trigger jobs_message_last",
                        "view jobs_dead_letter",
                        "column jobs_owner.side_file_id (TEXT NOT NULL)");
        assertThat(refusal.changed()).isEmpty();
        assertThat(refusal)
                .hasMessageContaining("Found: version 1.")
                .hasMessageContaining("Repair them as io/nsqite/schema/V1.sql created them");
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        "DROP INDEX jobs_message_priority; CREATE INDEX jobs_message_priority ON jobs_message (topic_id, id)",
                        "index jobs_message_priority (wanted: create index jobs_message_priority on jobs_message(topic_id,priority,id)"),
                Arguments.of(
                        "DROP TABLE jobs_topic; CREATE TABLE jobs_topic (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,"
                                + " had_channel INTEGER NOT NULL, kept_from INTEGER NOT NULL DEFAULT 0)",
                        "column jobs_topic.had_channel (wanted: INTEGER NOT NULL DEFAULT 0; found: INTEGER NOT NULL)"),
                Arguments.of(
                        "DROP VIEW jobs_dead_letter; CREATE VIEW jobs_dead_letter AS SELECT 1 AS topic",
                        "view jobs_dead_letter (wanted: "),
                Arguments.of(
                        "DROP TABLE jobs_owner; CREATE TABLE jobs_owner (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                                + " started_at TEXT NOT NULL, library_version TEXT NOT NULL,"
                                + " schema_version INTEGER NOT NULL DEFAULT 1, side_file_id TEXT NOT NULL)",
                        "column jobs_owner.started_at (wanted: INTEGER NOT NULL; found: TEXT NOT NULL)"),
                Arguments.of(
                        "DROP TABLE jobs_owner; CREATE TABLE jobs_owner (id INTEGER PRIMARY KEY,"
                                + " started_at INTEGER NOT NULL, library_version TEXT NOT NULL,"
                                + " schema_version INTEGER NOT NULL DEFAULT 1, side_file_id TEXT NOT NULL)",
                        "table jobs_owner (wanted: "));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void whatIsThereButDifferentIsToldWithBoth(String changes, String told) throws Exception {
        migrate();
        for (String change : changes.split("; ")) {
            file.execute(change);
        }

        assertThat(refusal(SchemaMode.VALIDATE).changed()).anyMatch(change -> change.startsWith(told));
        open(SchemaMode.NEVER).close();
    }

    @Test
    void howItIsWrittenAndWhatIsThereBesidesDoesNotMatter() throws Exception {
        migrate();
        file.execute("DROP INDEX jobs_message_priority");
        file.execute("create index \"jobs_message_priority\"\n on [jobs_message]( topic_id ,priority, id ) /* few */"
                + " WHERE priority<>4 -- rare");
        file.execute("ALTER TABLE jobs_message ADD COLUMN note TEXT");
        file.execute("CREATE INDEX jobs_message_time ON jobs_message (published_at)");
        file.execute("CREATE TABLE jobs_of_the_application (id INTEGER)");
        open(SchemaMode.VALIDATE).close();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NEVER"})
    void aVersionThatIsTooNewIsRefused(SchemaMode mode) throws Exception {
        migrate();
        file.execute("UPDATE jobs_schema SET version = 3, oldest_compatible_version = 2");
        assertThatExceptionOfType(SchemaVersionException.class)
                .isThrownBy(() -> open(mode))
                .withMessageContaining("nsqite tables jobs_* have version 2");
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NEVER"})
    void aNewerVersionWithOtherViewsThatOlderLibrariesCanLiveWithIsUsed(SchemaMode mode) throws Exception {
        migrate();
        file.execute("DROP VIEW jobs_dead_letter");
        file.execute("CREATE VIEW jobs_dead_letter AS SELECT t.*, 1 AS more FROM jobs_topic t");
        file.execute("UPDATE jobs_schema SET version = 3");
        open(mode).close();
    }

    @Test
    void aTableOfVersionsWithoutItsColumnsIsToldToo() throws Exception {
        migrate();
        file.execute("ALTER TABLE jobs_schema RENAME COLUMN oldest_compatible_version TO oldest");
        assertThat(refusal(SchemaMode.VALIDATE).missing())
                .containsExactly("column jobs_schema.oldest_compatible_version (INTEGER NOT NULL)");
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NEVER"})
    void tablesWithoutAVersionAreRefused(SchemaMode mode) throws Exception {
        migrate();
        file.execute("DELETE FROM jobs_schema");
        assertThat(refusal(mode)).hasMessageContaining("Found: no version");
    }

    @ParameterizedTest
    @EnumSource(names = {"VALIDATE", "NEVER"})
    void anOlderVersionIsNotUpgradedButRefusedWithTheScriptsThatAreMissing(SchemaMode mode) throws Exception {
        migrate();
        Schema later = new Schema(
                new TablePrefix("jobs_"),
                mode,
                List.of(
                        Migration.ofScript(1, 1),
                        new Migration(2, 1, "ALTER TABLE ${prefix}topic ADD COLUMN note TEXT;\n"),
                        new Migration(3, 1, "CREATE INDEX ${prefix}topic_note ON ${prefix}topic (note);\n")));
        try (var transaction = file.transaction()) {
            assertThatExceptionOfType(InvalidSchemaException.class)
                    .isThrownBy(() -> later.prepare(transaction))
                    .withMessageContaining("in version 3")
                    .withMessageContaining("Found: version 1")
                    .withMessageContaining("run io/nsqite/schema/V2.sql, then io/nsqite/schema/V3.sql");
            assertThatExceptionOfType(InvalidSchemaException.class)
                    .isThrownBy(() -> later.upgrade(transaction, (connection, version) -> List.of()));
        }
    }

    @Test
    void whatWasCreatedAutomaticallyIsValid() {
        open(SchemaMode.ALWAYS).close();
        open(SchemaMode.VALIDATE).close();
        open(SchemaMode.NEVER).close();
    }
}
