package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The demo from its arguments to its exit code. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class DemoTests {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(folder.resolve("actions.jsonl"), """
                {"userId":"ann","action":"view","contentId":"sunrise","timestamp":"2026-03-01T12:00:00Z"}
                {"userId":"ben","action":"like","contentId":"poison","timestamp":"2026-03-01T12:00:01Z"}
                {"userId":"ben","action":"like","contentId":"sunrise","timestamp":"2026-03-01T12:00:02Z"}

                {"userId":"cat","action":"view","contentId":"sunrise","timestamp":"2026-03-01T12:00:03Z"}
                {"userId":"cat","action":"favorite","contentId":"river","timestamp":"2026-03-01T12:00:04Z"}
                """);
    }

    @Test
    void everythingAddsUpAlsoOnADatabaseThatHoldsARunAlready(CapturedOutput output) {
        assertThat(runDemo()).isZero();
        assertThat(output)
                .containsPattern("published +5 +5")
                .containsPattern("handled +5 +4")
                .containsPattern("retried +0 +4")
                .containsPattern("dead +0 +1")
                .contains("messages per second", "commit to handler p50", "p99", "max", "Everything adds up");

        assertThat(runDemo()).isZero();
    }

    @Test
    void aCountThatIsWrongIsNamedAndFailsTheDemo(CapturedOutput output) throws SQLException {
        prepareTables("""
                CREATE TRIGGER lose_a_view AFTER UPDATE OF views ON content_stats WHEN new.views > old.views
                BEGIN UPDATE content_stats SET views = old.views WHERE content_id = new.content_id; END
                """);

        assertThat(runDemo()).isEqualTo(1);
        assertThat(output).contains("The demo failed", "views of sunrise: expected 2, found 1");
    }

    @Test
    void aLineThatIsNoActionIsNamedAndNothingIsPublished(CapturedOutput output) throws IOException {
        Files.writeString(file, Files.readString(file) + "{\"userId\":\"ann\",\"action\":\"view\"}\n");

        assertThat(runDemo()).isEqualTo(1);
        assertThat(output)
                .contains("Line 7 of", "actions.jsonl", "is no action: ", "must not be")
                .doesNotContain("published");
    }

    private int runDemo() {
        return SampleApplication.runDemo(
                "--demo",
                "--demo.file=" + file,
                "--sample.folder=" + folder,
                "--nsqite.listeners[user_actions.notifications].backoff.delay=1ms");
    }

    private void prepareTables(String trigger) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("content.db"));
                Statement statement = connection.createStatement()) {
            ScriptUtils.executeSqlScript(connection, new ClassPathResource("schema.sql"));
            statement.execute(trigger);
        }
    }
}
