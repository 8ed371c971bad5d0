package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.FaultyDriver;
import io.nsqite.consumer.Consumer;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PulledMessage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database does not let this process take the channel, and nobody else has it, while somebody waits for messages. */
class SqliteUndecidedTests extends PullTest {

    private static final int FULL = 13;

    private FaultyDriver disk;

    @Override
    QueueUnderTest queue(Path itsFolder) throws SQLException {
        disk = FaultyDriver.open();
        return new SqliteQueueUnderTest(itsFolder);
    }

    @BeforeEach
    void refuseToTake() {
        disk.failWith(FULL, sql -> sql.startsWith("UPDATE nsqite_channel SET owner_id"));
    }

    @AfterEach
    void closeDisk() throws SQLException {
        disk.close();
    }

    private CompletableFuture<Integer> waitingFetch(LogReader log) {
        CompletableFuture<Integer> fetched = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                fetched.complete(log.fetch(1, Duration.ofMinutes(5)).size());
            } catch (InterruptedException | RuntimeException e) {
                fetched.completeExceptionally(e);
            }
        });
        waiting.setDaemon(true);
        waiting.start();
        await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        return fetched;
    }

    @Test
    void closingTheQueueEndsThoseWhoWait() {
        pull();
        assertThat(mails.consumer().state()).isEqualTo(Consumer.State.STANDBY);
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        disk.heal();
        members.close(nsqite);
        assertThat(answer(waiting)).isEmpty();
        nsqite = openMember();
    }

    @Test
    void stoppingTheConsumerEndsThoseWhoWait() {
        pull();
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        mails.consumer().stop(LIMIT);
        assertThat(answer(waiting)).isEmpty();
    }

    @Test
    void closingTheReaderOrTheQueueEndsAFetch() throws Exception {
        LogReader log = nsqite.log("orders", "first");
        LogReader other = nsqite.log("orders", "second");
        CompletableFuture<Integer> fetched = waitingFetch(log);
        CompletableFuture<Integer> fetchedByOther = waitingFetch(other);
        disk.heal();
        log.close();
        await(fetched::isDone);
        assertThat(fetchedByOther).isNotDone();
        members.close(nsqite);
        await(fetchedByOther::isDone);
        assertThat(fetched.join() + fetchedByOther.join()).isZero();
        nsqite = openMember();
    }
}
