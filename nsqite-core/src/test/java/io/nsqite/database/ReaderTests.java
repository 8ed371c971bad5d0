package io.nsqite.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.QueueFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who reads at a time, and with what. */
@Timeout(30)
class ReaderTests {

    private static final long LIMIT = QueueFile.LIMIT.toSeconds();

    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<FutureTask<Integer>> reading = new ArrayList<>();
    private Reader reader;

    @BeforeEach
    void open(@TempDir Path folder) {
        QueueFile file = new QueueFile(folder);
        reader = new Reader(
                () -> {
                    opened.incrementAndGet();
                    return file.dataSource().getConnection();
                },
                2);
    }

    @AfterEach
    void close() throws Exception {
        goOn.countDown();
        for (FutureTask<Integer> one : reading) {
            one.get(LIMIT, TimeUnit.SECONDS);
        }
        reader.close();
    }

    private static int one(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT 1")) {
            return result.getInt(1);
        }
    }

    /** Two that read at the same time, and until the test goes on. */
    private void occupy() throws Exception {
        CyclicBarrier together = new CyclicBarrier(3);
        for (int number = 1; number <= 2; number++) {
            FutureTask<Integer> task = new FutureTask<>(() -> reader.read(connection -> {
                try {
                    together.await(LIMIT, TimeUnit.SECONDS);
                    assertThat(goOn.await(LIMIT, TimeUnit.SECONDS)).isTrue();
                } catch (Exception e) {
                    throw new SQLException(e);
                }
                return one(connection);
            }));
            reading.add(task);
            new Thread(task).start();
        }
        together.await(LIMIT, TimeUnit.SECONDS);
    }

    @Test
    void asManyReadAtATimeAsThereAreConnections() throws Exception {
        occupy();
        assertThat(reader.tryRead(ReaderTests::one)).isEmpty();
        goOn.countDown();
        for (FutureTask<Integer> one : reading) {
            assertThat(one.get(LIMIT, TimeUnit.SECONDS)).isEqualTo(1);
        }
        assertThat(reader.tryRead(ReaderTests::one)).contains(1);
        assertThat(opened).hasValue(2);
    }

    @Test
    void whoReadsOneAfterTheOtherUsesOneConnection() throws Exception {
        for (int time = 0; time < 5; time++) {
            assertThat(reader.read(ReaderTests::one)).isEqualTo(1);
        }
        assertThat(opened).hasValue(1);
    }

    @Test
    void allCanBeOpenedBefore() throws Exception {
        reader.openAll();
        assertThat(opened).hasValue(2);
        occupy();
        assertThat(opened).hasValue(2);
    }

    @Test
    void aFailureGivesTheConnectionBack() throws Exception {
        for (int time = 0; time < 5; time++) {
            assertThatThrownBy(() -> reader.read(connection -> {
                        throw new SQLException("fails");
                    }))
                    .hasMessage("fails");
        }
        assertThat(reader.read(ReaderTests::one)).isEqualTo(1);
        assertThat(opened).hasValue(1);
    }

    @Test
    void closingWaitsForThoseWhoRead() throws Exception {
        occupy();
        FutureTask<Integer> closing = new FutureTask<>(() -> {
            reader.close();
            return 0;
        });
        Thread thread = new Thread(closing);
        thread.start();
        QueueFile.await(() -> thread.getState() == Thread.State.WAITING);
        assertThat(closing.isDone()).isFalse();
        goOn.countDown();
        closing.get(LIMIT, TimeUnit.SECONDS);
        assertThatThrownBy(() -> reader.read(ReaderTests::one))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("closed");
        reader.close(); // once more does no harm
    }
}
