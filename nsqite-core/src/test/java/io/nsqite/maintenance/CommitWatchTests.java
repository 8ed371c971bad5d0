package io.nsqite.maintenance;

import static io.nsqite.maintenance.WatchedQueue.INTERVAL;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When commits are looked for, with a bell that is rung by hand. */
@Timeout(20)
class CommitWatchTests {

    @TempDir
    Path folder;

    private final ManualBell bell = new ManualBell();
    private WatchedQueue queue;

    @BeforeEach
    void open() throws Exception {
        queue = new WatchedQueue(folder, file -> bell);
        assertThat(queue.found()).isOne();
    }

    @AfterEach
    void close() throws Exception {
        queue.close();
    }

    @Test
    void whileThereAreCommitsTheyAreLookedForAtTheIntervalAndTheBellStaysUnarmed() throws Exception {
        for (int commit = 1; commit <= 200; commit++) {
            queue.commit();
            queue.pass(INTERVAL);
            assertThat(queue.found()).isEqualTo(1 + commit);
        }
        assertThat(bell.armings()).isZero();
    }

    @Test
    void afterAQuietTimeTheBellIsArmedAndARingLeadsToALookAtOnce() throws Exception {
        queue.passQuietTime();
        assertThat(bell.isArmed()).isTrue();
        queue.commit();
        queue.pass(INTERVAL);
        assertThat(queue.found()).isOne(); // no more looks at the interval

        bell.ring();
        queue.pass(Duration.ZERO);

        assertThat(queue.found()).isEqualTo(2);
    }

    @Test
    void afterARingItLooksAtTheIntervalAgainAsAWriteIsHeardBeforeItsCommitIsSeen() throws Exception {
        queue.passQuietTime();
        bell.ring();
        queue.pass(Duration.ZERO);
        assertThat(queue.found()).isOne();

        queue.commit();
        queue.pass(INTERVAL);

        assertThat(queue.found()).isEqualTo(2);
    }

    @Test
    void whatIsCommittedWhileTheBellIsBeingArmedIsFoundAtTheInterval() throws Exception {
        queue.pass(Pace.QUIET);
        assertThat(bell.isArmed()).isTrue();
        queue.commit(); // too early to be rung

        queue.pass(INTERVAL);

        assertThat(queue.found()).isEqualTo(2);
        assertThat(bell.isArmed()).isFalse();
    }

    @Test
    void whatWasNotRungIsFoundAllTheSame() throws Exception {
        queue.passQuietTime();
        queue.commit();
        queue.pass(Pace.SAFETY);
        assertThat(queue.found()).isEqualTo(2);

        queue.commit();
        queue.pass(INTERVAL);
        assertThat(queue.found()).isEqualTo(3);
    }

    @Test
    void ringsThatMeanNothingLeadToALookAndToQuietAgain() {
        for (int arming = 1; arming <= 50; arming++) {
            queue.passQuietTime();
            assertThat(bell.armings()).isEqualTo(arming);
            assertThat(bell.isArmed()).isTrue();
            bell.ring();
            queue.pass(Duration.ZERO);
            assertThat(bell.isArmed()).isFalse();
        }
        assertThat(queue.found()).isOne();
    }

    @Test
    void aBellThatCantBeArmedLeavesItAtTheInterval() throws Exception {
        bell.breakDown();
        queue.pass(Pace.QUIET.multipliedBy(10));
        queue.commit();
        queue.pass(INTERVAL);
        assertThat(queue.found()).isEqualTo(2);
    }

    @Test
    void aBellThatBreaksDownWhileArmedLeavesItAtTheInterval() throws Exception {
        queue.passQuietTime();
        bell.breakDown();
        bell.ring(); // as it does when it ends
        queue.passQuietTime();
        queue.commit();
        queue.pass(INTERVAL);
        assertThat(queue.found()).isEqualTo(2);
    }

    @Test
    void aBellThatStaysSilentAgainAndAgainIsNotReliedOnAnyMore() throws Exception {
        try (RecordedLog log = RecordedLog.open()) {
            for (int commit = 0; commit < Pace.MISSED_RINGS; commit++) {
                assertThat(bell.isClosed()).isFalse();
                queue.passQuietTime();
                queue.commit();
                queue.pass(Pace.SAFETY);
            }
            assertThat(bell.isClosed()).isTrue();
            assertThat(log.lines(Level.INFO, "without a sign of the file system"))
                    .hasSize(1);
        }
        int found = queue.found();
        queue.passQuietTime();
        queue.commit();
        queue.pass(INTERVAL);
        assertThat(queue.found()).isEqualTo(found + 1);
    }

    @Test
    void aRingThatIsOnItsWayWhileALookFindsItsCommitIsNotMissed() throws Exception {
        for (int commit = 0; commit < 10 * Pace.MISSED_RINGS; commit++) {
            queue.passQuietTime();
            queue.commit();
            Runnable onItsWay = bell.takeRing();
            queue.pass(Pace.SAFETY);
            onItsWay.run();
            queue.pass(Duration.ZERO);
        }
        assertThat(bell.isClosed()).isFalse();
    }

    @Test
    void nothingRingsAfterTheEnd() throws Exception {
        queue.passQuietTime();
        queue.stopWatching();
        assertThat(bell.isClosed()).isTrue();
        queue.commit();
        bell.ring();
        queue.pass(Pace.SAFETY);
        assertThat(queue.found()).isOne();
    }
}
