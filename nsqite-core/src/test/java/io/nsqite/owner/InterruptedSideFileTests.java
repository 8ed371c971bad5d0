package io.nsqite.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.jdbc.TablePrefix;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An interrupt closes channels, and closing one frees every lock that the process has on its file. */
@Timeout(20)
class InterruptedSideFileTests {

    private static final long HELD = 1;
    private static final long ANOTHER = 2;

    @TempDir
    Path folder;

    private Path database;
    private SideFile file;
    private FileLock lock;

    @BeforeEach
    void lockAByte() throws Exception {
        database = folder.resolve("app.db");
        file = SideFile.open(SideFile.beside(database, TablePrefix.DEFAULT));
        lock = file.tryLock(HELD);
        file.takeSlot(HELD);
        assertThat(lock).isNotNull();
    }

    /** What it comes to on a thread that is interrupted, and stays so. */
    private static <T> T onInterruptedThread(Callable<T> task) throws Exception {
        FutureTask<T> interrupted = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            T result = task.call();
            assertThat(Thread.currentThread().isInterrupted())
                    .as("still interrupted")
                    .isTrue();
            return result;
        });
        new Thread(interrupted, "interrupted").start();
        return interrupted.get(10, TimeUnit.SECONDS);
    }

    private void assertNothingWasLost() throws Exception {
        assertThat(lock.isValid()).isTrue();
        assertThat(LockProbe.isHeld(database, HELD))
                .as("held for other processes")
                .isTrue();
    }

    @Test
    void anInterruptedThreadUsesItWithoutClosingIt() throws Exception {
        FileLock own = onInterruptedThread(() -> {
            file.beat(HELD);
            assertThat(file.isFree(HELD)).isFalse();
            assertThat(file.isFree(ANOTHER)).isTrue();
            assertThat(file.isInPlace()).isTrue();
            return file.tryLock(ANOTHER);
        });

        assertThat(own).isNotNull();
        assertThat(file.counter(HELD)).isEqualTo(1);
        assertNothingWasLost();
        onInterruptedThread(() -> {
            own.release();
            return true;
        });
        assertThat(file.isFree(ANOTHER)).isTrue();
        assertNothingWasLost();
    }

    @Test
    void aThreadThatIsInterruptedWhileItUsesItDoesNotCloseIt() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(100);
        FutureTask<Long> using = new FutureTask<>(() -> {
            long free = 0;
            while (!enough.get()) {
                file.beat(HELD);
                free += file.isFree(ANOTHER) ? 1 : 0;
                assertThat(file.isFree(HELD)).isFalse();
                begun.countDown();
                Thread.interrupted();
            }
            return free;
        });
        Thread thread = new Thread(using, "interrupted");
        thread.start();
        begun.await();
        for (int times = 0; times < 500; times++) {
            thread.interrupt();
            Thread.yield();
        }
        enough.set(true);

        assertThat(using.get(10, TimeUnit.SECONDS)).isPositive();
        assertNothingWasLost();
    }

    @Test
    void anInterruptedThreadMayOpenItAnew() throws Exception {
        Path other = folder.resolve("other.db");
        SideFile opened = onInterruptedThread(() -> SideFile.open(SideFile.beside(other, TablePrefix.DEFAULT)));

        assertThat(opened.tryLock(HELD)).isNotNull();
        assertThat(SideFile.open(SideFile.beside(other, TablePrefix.DEFAULT)).id())
                .isEqualTo(opened.id());
        assertThat(LockProbe.isHeld(other, HELD)).isTrue();
        assertNothingWasLost();
    }

    @Test
    void anInterruptedThreadMayOpenItOnceMore() throws Exception {
        SideFile again = onInterruptedThread(() -> SideFile.open(SideFile.beside(database, TablePrefix.DEFAULT)));

        assertThat(again.id()).isEqualTo(file.id());
        assertThat(again.tryLock(HELD)).as("the same channel").isNull();
        assertNothingWasLost();
    }

    @Test
    void anInterruptedThreadMayMoveToAFileThatReplacesADeletedOne() throws Exception {
        Files.delete(SideFile.beside(database, TablePrefix.DEFAULT));
        SideFile replacing = onInterruptedThread(() -> SideFile.open(SideFile.beside(database, TablePrefix.DEFAULT)));

        assertThat(replacing.id()).isNotEqualTo(file.id());
        assertThat(lock.isValid()).as("the lock in the deleted file").isTrue();
        try (FileLock moved = replacing.tryLock(HELD)) {
            assertThat(moved).isNotNull();
            assertThat(LockProbe.isHeld(database, HELD)).isTrue();
        }
    }

    @Test
    void interruptsAtAnyMomentOfOpeningOnlyDelayIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            Path other = folder.resolve("other-" + round + ".db");
            FutureTask<SideFile> opening =
                    new FutureTask<>(() -> SideFile.open(SideFile.beside(other, TablePrefix.DEFAULT)));
            Thread thread = new Thread(opening, "interrupted");
            thread.start();
            for (int times = 0; times < 20 && !opening.isDone(); times++) {
                thread.interrupt();
                Thread.yield();
            }
            assertThat(opened(opening).tryLock(HELD)).isNotNull();
        }
        assertNothingWasLost();
    }

    private static SideFile opened(FutureTask<SideFile> opening) throws Exception {
        try {
            return opening.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("Opening failed", e.getCause());
        }
    }
}
