package io.nsqite.database;

import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.database.WriterListener.Commit;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who watches the writer is told of every commit, with how many shared it and what it waited for. */
@Timeout(30)
class WriterListenerTests {

    private static final long AWHILE = Duration.ofMillis(30).toNanos();

    @TempDir
    Path folder;

    private final List<Commit> commits = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private QueueFile file;
    private Nsqite nsqite;
    private boolean holding;

    @BeforeEach
    void open() throws Exception {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource())
                .writerListener(commit -> {
                    throw new IllegalStateException("no metrics today");
                })
                .writerListener(this::listen)
                .build();
        file.execute("CREATE TABLE business (id INTEGER PRIMARY KEY)");
        commits.clear();
    }

    private void listen(Commit commit) {
        commits.add(commit);
        if (holding) {
            WriterFixture.awaitUninterrupted(gate);
        }
    }

    @AfterEach
    void close() {
        gate.countDown();
        nsqite.close();
    }

    @Test
    void oneThatIsAloneWaitsForNobody() {
        nsqite.producer().publish("orders", "a");
        assertThat(commits).singleElement().satisfies(commit -> {
            assertThat(commit.operations()).isEqualTo(1);
            assertThat(commit.waited()).isZero();
            assertThat(commit.took()).isPositive();
        });
    }

    @Test
    void whatSharesATransactionIsCountedTogether() {
        holding = true;
        Thread first = publishing();
        await(() -> commits.size() == 1);
        List<Thread> others = List.of(publishing(), publishing(), publishing());
        await(() -> others.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        holding = false;
        gate.countDown();
        await(() -> commits.stream().mapToInt(Commit::operations).sum() == 4 && !first.isAlive());
        assertThat(commits).extracting(Commit::operations).containsExactly(1, 3);
    }

    @Test
    void theWaitBehindAnotherTransactionIsTold() throws Exception {
        try (SqliteConnection transaction = file.transaction();
                Statement statement = transaction.createStatement()) {
            statement.executeUpdate("INSERT INTO business VALUES (1)");
            Thread waiting = publishing();
            await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
            long since = System.nanoTime();
            await(() -> System.nanoTime() - since > AWHILE);
            transaction.commit();
            await(() -> commits.size() == 1);
        }
        assertThat(commits.get(0).waited()).isGreaterThanOrEqualTo(Duration.ofNanos(AWHILE));
        nsqite.producer().publish("orders", "b");
        assertThat(commits.get(1).waited()).as("the next one did not wait").isZero();
    }

    private Thread publishing() {
        Thread thread = new Thread(() -> nsqite.producer().publish("orders", "a"));
        thread.start();
        return thread;
    }
}
