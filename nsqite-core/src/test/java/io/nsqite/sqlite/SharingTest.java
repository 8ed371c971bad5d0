package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Transactions that pass a turnstile; the other process is played by other locks on the same file. */
@Timeout(40) // waiting at each transaction would take longer
class SharingTest {

    @TempDir
    Path folder;

    @RegisterExtension
    final Threads threads = new Threads();

    private final Object observer = new Object();
    private TestDatabase database;
    private Path turnstile;
    private SqliteConnection connection;
    private SqliteDatabase sqlite;
    private Sharing sharing;
    private final List<TurnLocks> others = new ArrayList<>();

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.withTable(folder);
        connection = database.begin();
        sqlite = connection.database();
        sharing = sqlite.sharing();
        turnstile = TurnLocks.beside(sqlite.path());
    }

    @AfterEach
    void close() throws Exception {
        sharing.end(observer);
        connection.close();
        for (TurnLocks other : others) {
            other.close();
        }
    }

    private TurnLocks another() throws Exception {
        TurnLocks other = TurnLocks.open(turnstile);
        others.add(other);
        return other;
    }

    private boolean insertAndCommit() throws SQLException {
        TestDatabase.insert(connection);
        connection.commit();
        return true;
    }

    @Test
    void whoIsAloneNeedsNoFile() throws Exception {
        insertAndCommit();
        assertThat(turnstile).doesNotExist();
        assertThat(sqlite.permit().turnstile().isInPlace()).isFalse();
    }

    @Test
    void aTransactionHasTheTurnUntilItEnds() throws Exception {
        sharing.begin(observer);
        TurnLocks other = another();
        TestDatabase.insert(connection);
        assertThat(other.advance()).isFalse();
        connection.commit();
        assertThat(other.advance()).isTrue();
        other.leave();

        TestDatabase.insert(connection);
        assertThat(other.advance()).isFalse();
        connection.rollback();
        assertThat(other.advance()).isTrue();
    }

    @Test
    void aStatementInAutocommitModeAndAFailedBeginGiveTheTurnBack() throws Exception {
        sharing.begin(observer);
        TurnLocks other = another();
        connection.setAutoCommit(true);
        TestDatabase.insert(connection);
        assertThat(other.advance()).isTrue();
        other.leave();

        try (SqliteConnection hasty = database.begin("busy_timeout=1");
                var stranger = database.openWithBareDriver()) {
            TestDatabase.execute(stranger, "BEGIN IMMEDIATE");
            assertThat(catchThrowable(() -> TestDatabase.insert(hasty))).isInstanceOf(WriteTimeoutException.class);
        }
        assertThat(other.advance()).isTrue();
    }

    @Test
    void aReadOnlyTransactionPassesNoTurnstile() throws Exception {
        sharing.begin(observer);
        TurnLocks other = another();
        connection.setReadOnly(true);
        TestDatabase.number(connection, "SELECT count(*) FROM t");
        assertThat(other.advance()).isTrue();
    }

    @Test
    void aTransactionWaitsForTheTurnOfAnotherAndIsTheNext() throws Exception {
        sharing.begin(observer);
        TurnLocks other = another();
        TurnLocks third = another();
        other.advance();
        // it must not be for the turnstile's patience that the transaction begins
        try (var writing = database.openWithBareDriver()) {
            TestDatabase.execute(writing, "BEGIN IMMEDIATE");
            Future<Boolean> waiting = threads.run(this::insertAndCommit);
            await().until(() -> isNext(third));
            TestDatabase.execute(writing, "COMMIT");
            other.leave();
            assertThat(waiting.get(5, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(database.count()).isEqualTo(1);
    }

    /** Whether somebody else is the next. */
    private static boolean isNext(TurnLocks observer) throws Exception {
        boolean taken = !observer.advance() && !observer.isNext();
        observer.leave();
        return taken;
    }

    @Test
    void whoStandsInTheTurnstileWithoutWritingHoldsNobodyUpForLong() throws Exception {
        sharing.begin(observer);
        another().advance();
        // each waiting for itself would take 50 seconds
        for (int i = 0; i < 1_000; i++) {
            insertAndCommit();
        }
        assertThat(database.count()).isEqualTo(1_000);
    }

    @Test
    void nobodyIsHeldUpForLongByOneThatIsTheNextForever() throws Exception {
        sharing.begin(observer);
        TurnLocks first = another();
        first.advance();
        another().advance();
        first.leave();
        for (int i = 0; i < 1_000; i++) {
            insertAndCommit();
        }
        assertThat(database.count()).isEqualTo(1_000);
    }

    @Test
    void aTransactionThatBeganBeforeTheOtherProcessWasKnownIsHarmless() throws Exception {
        TestDatabase.insert(connection);
        sharing.begin(observer);
        TurnLocks other = another();
        assertThat(other.advance()).isTrue();
        connection.commit();
        assertThat(other.hasTurn()).isTrue();
        other.leave();
        insertAndCommit();
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void aTransactionThatEndsAfterTheOtherProcessIsGoneIsHarmless() throws Exception {
        sharing.begin(observer);
        TestDatabase.insert(connection);
        sharing.end(observer);
        TurnLocks other = another();
        assertThat(other.advance()).isTrue();
        connection.commit();
        insertAndCommit();
        assertThat(database.count()).isEqualTo(2);
    }

    @Test
    void itIsInUseAsLongAsAnybodySeesOthers() throws Exception {
        Object second = new Object();
        sharing.begin(observer);
        sharing.begin(second);
        sharing.begin(second);
        sharing.end(second);
        assertThat(sqlite.permit().turnstile().isInPlace()).isTrue();
        sharing.end(observer);
        assertThat(sqlite.permit().turnstile().isInPlace()).isFalse();
    }

    @Test
    void anInterruptEndsTheWaitingAndHarmsNothing() throws Exception {
        sharing.begin(observer);
        TurnLocks other = another();
        other.advance();
        AtomicReference<Thread> thread = new AtomicReference<>();
        CountDownLatch started = new CountDownLatch(1);
        try (var writing = database.openWithBareDriver()) {
            TestDatabase.execute(writing, "BEGIN IMMEDIATE");
            Future<Throwable> interrupted = threads.run(() -> {
                thread.set(Thread.currentThread());
                started.countDown();
                return catchThrowable(this::insertAndCommit);
            });
            started.await();
            thread.get().interrupt();
            assertThat(interrupted.get(5, TimeUnit.SECONDS)).isInstanceOf(WaitCancelledException.class);
        }
        other.leave();
        assertThat(sqlite.permit().turnstile().isInPlace()).isTrue();
        TestDatabase.insert(connection);
        assertThat(other.advance()).isFalse();
        connection.commit();
        assertThat(other.advance()).isTrue();
    }

    @Test
    void aConnectionAbortedWhileItWaitsLeavesNothingBehind() throws Exception {
        sharing.begin(observer);
        for (int round = 0; round < 20; round++) {
            TurnLocks other = another();
            other.advance();
            SqliteConnection aborted = database.begin();
            Future<Throwable> waiting = threads.run(() -> catchThrowable(() -> TestDatabase.insert(aborted)));
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> sqlite.permit().isHeld());
            aborted.abort(Runnable::run);
            other.leave();
            waiting.get(5, TimeUnit.SECONDS);
            await().pollInterval(Duration.ofMillis(1)).until(other::advance);
            other.close();
        }
    }

    @Test
    void threadsOfOneProcessShareATurnButNotForEver() throws Exception {
        sharing.begin(observer);
        TurnLocks other = another();
        CountDownLatch otherHadItsTurn = new CountDownLatch(1);
        List<Future<?>> busy = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            busy.add(threads.run(() -> {
                try (SqliteConnection own = database.begin()) {
                    while (otherHadItsTurn.getCount() > 0) {
                        TestDatabase.insert(own);
                        own.commit();
                    }
                }
                return null;
            }));
        }
        await().pollInterval(Duration.ofMillis(1)).until(other::advance);
        otherHadItsTurn.countDown();
        other.leave();
        for (Future<?> thread : busy) {
            thread.get(5, TimeUnit.SECONDS);
        }
        assertThat(other.advance()).as("nobody is left inside").isTrue();
    }

    @Test
    void aFileThatIsDeletedIsCreatedAgainWhenTheObserverLooks() throws Exception {
        sharing.begin(observer);
        Files.delete(turnstile);
        insertAndCommit();
        sharing.begin(observer);
        TurnLocks other = another();
        TestDatabase.insert(connection);
        assertThat(other.advance()).isFalse();
    }

    @Test
    void withoutAFileTransactionsGoOnAndOneWarningIsLogged() throws Exception {
        Files.createDirectory(turnstile);
        try (RecordedLog log = RecordedLog.open()) {
            sharing.begin(observer);
            insertAndCommit();
            sharing.begin(observer);
            insertAndCommit();
            assertThat(log.lines(Level.WARN, "can't be opened")).hasSize(1);
        }
        Files.delete(turnstile);
        sharing.begin(observer);
        insertAndCommit();
        assertThat(sqlite.permit().turnstile().isInPlace()).isTrue();
        assertThat(database.count()).isEqualTo(3);
    }

    @Test
    void locksThatFailCostATransactionNothingButFairness() throws Exception {
        TurnLocks broken = another();
        sqlite.permit().turnstile().use(broken);
        broken.close();
        try (RecordedLog log = RecordedLog.open()) {
            insertAndCommit();
            insertAndCommit();
            assertThat(log.lines(Level.WARN, "can't be locked")).hasSize(1);
        }
        assertThat(database.count()).isEqualTo(2);
    }
}
