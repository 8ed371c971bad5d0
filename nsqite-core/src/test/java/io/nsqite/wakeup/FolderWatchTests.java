package io.nsqite.wakeup;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.QueueFile;
import io.nsqite.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@Timeout(30)
class FolderWatchTests {

    @TempDir
    Path folder;

    private final Semaphore rings = new Semaphore(0);
    private Path database;
    private Path log;
    private WriteBell bell;

    @BeforeEach
    void open() throws Exception {
        database = Files.createFile(folder.resolve("app.db"));
        log = Files.createFile(folder.resolve("app.db-wal"));
        bell = WriteBell.of(database);
    }

    @AfterEach
    void close() {
        bell.close();
    }

    private static void write(Path file) throws Exception {
        Files.write(file, new byte[100], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void arm() {
        assertThat(bell.arm(rings::release)).isTrue();
    }

    private void assertRung() throws InterruptedException {
        assertThat(rings.tryAcquire(15, TimeUnit.SECONDS)).as("rung").isTrue();
    }

    /** By a bell that hears the same, and is rung after it would have been. */
    private void assertNotRungBy(Writing writing) throws Exception {
        try (WriteBell other = WriteBell.of(database)) {
            writing.write();
            CountDownLatch heard = new CountDownLatch(1);
            assertThat(other.arm(heard::countDown)).isTrue();
            write(log);
            assertThat(heard.await(15, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(rings.availablePermits()).isZero();
    }

    private interface Writing {
        void write() throws Exception;
    }

    @Test
    void aWriteToTheLogRingsOnce() throws Exception {
        arm();
        write(log);
        assertRung();
        assertNotRungBy(() -> write(log));
    }

    @Test
    void aWriteToTheDatabaseRingsAsThereMayBeNoLog() throws Exception {
        arm();
        write(database);
        assertRung();
    }

    @Test
    void aLogThatIsDeletedAndCreatedAgainRings() throws Exception {
        arm();
        Files.delete(log);
        write(log);
        assertRung();
        arm();
        write(log);
        assertRung();
    }

    @Test
    void whileItIsNotArmedNothingRings() throws Exception {
        assertNotRungBy(() -> write(log));
        arm();
        bell.disarm();
        assertNotRungBy(() -> write(log));
    }

    @Test
    void otherFilesOfTheFolderDontRing() throws Exception {
        arm();
        for (int number = 0; number < 5; number++) {
            write(folder.resolve("app.log"));
        }
        assertThat(rings.availablePermits()).isZero();
        write(log);
        assertRung();
    }

    @Test
    void aFolderInWhichMuchElseIsWrittenIsNotWatchedForAWhile() throws Exception {
        arm();
        QueueFile.await(() -> {
            write(folder.resolve("app.log"));
            return rings.tryAcquire();
        });
        assertThat(bell.arm(rings::release)).isFalse();
        try (WriteBell other = WriteBell.of(database)) {
            assertThat(other.arm(rings::release)).isTrue();
        }
    }

    @Test
    void aFolderThatCantBeWatchedIsSaidOnceAndIsNoFailure() throws Exception {
        try (RecordedLog lines = RecordedLog.open();
                WriteBell deaf = WriteBell.of(folder.resolve("nowhere").resolve("app.db"))) {
            assertThat(deaf.arm(rings::release)).isFalse();
            assertThat(deaf.arm(rings::release)).isFalse();
            assertThat(lines.lines(Level.INFO, "can't be watched")).hasSize(1);
            assertThat(lines.lines(Level.WARN, "")).isEmpty();
            assertThat(lines.lines(Level.ERROR, "")).isEmpty();
        }
    }

    @Test
    void itIsNotArmedAnyMoreOnceItIsClosedAndItsThreadEnds() throws Exception {
        arm();
        bell.close();
        assertThat(bell.arm(rings::release)).isFalse();
        QueueFile.await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("nsqite-watch-app.db")));
    }

    @Test
    void whatIsWrittenOnceItIsArmedRingsHoweverOftenItIsArmedAndDisarmed() throws Exception {
        for (int time = 0; time < 500; time++) {
            CountDownLatch rung = new CountDownLatch(1);
            assertThat(bell.arm(rung::countDown)).isTrue();
            write(log);
            assertThat(rung.await(15, TimeUnit.SECONDS)).as("ring %d", time).isTrue();
            if (time % 3 == 0) {
                bell.disarm();
            }
        }
    }

    @Test
    void noRingIsLostWhileAnotherThreadWritesWithoutEnd() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        ExecutorService writer = Executors.newSingleThreadExecutor();
        try {
            Future<?> writing = writer.submit(() -> {
                while (!enough.get()) {
                    Files.write(log, new byte[100]);
                }
                return null;
            });
            for (int time = 0; time < 300; time++) {
                arm();
                assertRung();
                bell.disarm();
            }
            enough.set(true);
            writing.get(15, TimeUnit.SECONDS);
        } finally {
            enough.set(true);
            writer.shutdown();
        }
    }
}
