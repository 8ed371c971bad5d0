package io.nsqite.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.QueueFile;
import io.nsqite.wakeup.WriteBell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commits ring by what SQLite really writes: time stands still meanwhile, so nothing else leads to a look. */
@EnabledOnOs(OS.LINUX)
@Timeout(30)
class WatchedFileTests {

    @TempDir
    Path folder;

    /**
     * Commits, and waits until that is found. The bell may ring just before others can see the commit, which is found by one of the looks that
     * follow: so now and then a little time passes, in all less than that after which it is looked for unasked.
     */
    private static void assertCommitIsHeard(WatchedQueue queue) throws Exception {
        int before = queue.found();
        AtomicInteger looks = new AtomicInteger();
        queue.passQuietTime();
        queue.commit();
        QueueFile.await(() -> {
            queue.pass(looks.incrementAndGet() % 200 == 0 ? WatchedQueue.INTERVAL : Duration.ZERO);
            return queue.found() > before;
        });
    }

    @Test
    void commitsAreHeardAgainAndAgain() throws Exception {
        try (WatchedQueue queue = new WatchedQueue(folder, WriteBell::of)) {
            for (int time = 0; time < 20; time++) {
                assertCommitIsHeard(queue);
            }
        }
    }

    @Test
    void commitsAreHeardAfterTheLogWasTruncated() throws Exception {
        try (WatchedQueue queue = new WatchedQueue(folder, WriteBell::of)) {
            assertCommitIsHeard(queue);
            assertThat(queue.file().rows("PRAGMA wal_checkpoint(TRUNCATE)")).containsExactly("0,0,0");
            assertThat(Files.size(folder.resolve("app.db-wal"))).isZero();
            queue.pass(WatchedQueue.INTERVAL);
            assertCommitIsHeard(queue);
        }
    }

    @Test
    void commitsAreHeardAfterTheLogBegunAnew() throws Exception {
        try (WatchedQueue queue = new WatchedQueue(folder, WriteBell::of)) {
            for (int time = 0; time < 5; time++) {
                assertThat(queue.file().rows("PRAGMA wal_checkpoint(RESTART)")).hasSize(1);
                assertCommitIsHeard(queue);
            }
        }
    }

    @Test
    void commitsAreHeardWhereTheDatabaseIsReachedThroughALink() throws Exception {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("app.db"), real.resolve("app.db"));
        try (WatchedQueue queue = new WatchedQueue(links, WriteBell::of)) {
            assertCommitIsHeard(queue);
        }
        assertThat(real.resolve("app.db")).exists();
    }

    @Test
    void aFolderThatIsGoneIsFoundOutByLooking() throws Exception {
        try (WatchedQueue queue = new WatchedQueue(folder, file -> WriteBell.of(folder.resolve("gone/app.db")))) {
            queue.passQuietTime();
            queue.commit();
            queue.pass(WatchedQueue.INTERVAL);
            assertThat(queue.found()).isEqualTo(2);
        }
    }
}
