package io.nsqite.database;

import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.FaultyDriver;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How safe against a power cut the writer commits. */
class DurabilityTests extends WriterFixture {

    @ParameterizedTest
    @CsvSource({"EXTRA,3,1", "FULL,2,1", "NORMAL,1,1", "OFF,0,0"})
    void whatAUserAskedForCommitsAtTheApplicationsLevelAndTheRestAtNormal(String level, int application, int relaxed)
            throws Exception {
        reopen("synchronous", level);
        for (int i = 0; i < 2; i++) {
            assertThat(writer.call(DurabilityTests::level, Durability.RELAXED)).isEqualTo(relaxed);
            assertThat(writer.call(DurabilityTests::level, Durability.APPLICATION))
                    .isEqualTo(application);
        }
    }

    @Test
    void withoutWalEverythingCommitsAtTheApplicationsLevel() throws Exception {
        database.close();
        file.execute("PRAGMA journal_mode=DELETE");
        reopen("journal_mode", "DELETE");
        assertThat(writer.call(DurabilityTests::level, Durability.RELAXED)).isEqualTo(2);
    }

    @Test
    void afterAFailedBatchEachOperationRunsAtItsOwnLevel() throws Exception {
        List<Integer> levels = new CopyOnWriteArrayList<>();
        FutureTask<Integer> occupying = occupyWriter();
        writer.submit(
                transaction -> {
                    throw new SQLException("a culprit");
                },
                this::complete);
        writer.submit(transaction -> levels.add(level(transaction)) ? 1 : 0, this::complete);
        FutureTask<Integer> user = start(() -> writer.call(DurabilityTests::level, Durability.APPLICATION));
        gate.countDown();
        get(occupying);
        assertThat(get(user)).isEqualTo(2);
        await(() -> completed.size() == 1);
        assertThat(levels).last().isEqualTo(1);
    }

    private static int level(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA synchronous")) {
            return result.getInt(1);
        }
    }

    @Test
    void whatCantBeCommittedAtItsLevelFailsRatherThanCommitAtALowerOne() throws Exception {
        try (FaultyDriver disk = FaultyDriver.open()) {
            reopen("synchronous", "FULL");
            writer.call(inserting("relaxed"), Durability.RELAXED);
            disk.failWith(10, sql -> sql.equals("PRAGMA synchronous=2"));
            writer.submitLate(inserting("company"), this::complete, Duration.ofHours(1));
            assertThatThrownBy(() -> writer.call(inserting("never"), Durability.APPLICATION))
                    .isInstanceOf(SQLException.class);
            disk.heal();
            database.close();
        }
        assertThat(completed).hasSize(1);
        assertThat(stored()).containsExactly("relaxed", "company");
    }
}
