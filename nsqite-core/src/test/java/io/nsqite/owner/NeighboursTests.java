package io.nsqite.owner;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.store.OwnerStore.Owner;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at another owner at moments that the test chooses. */
class NeighboursTests {

    private static final Duration LEASE = Duration.ofSeconds(8);
    private static final long LEASE_NANOS = LEASE.toNanos();

    /** Between two looks; a quarter of the lease is not a stall yet. */
    private static final long QUARTER = LEASE_NANOS / 4;

    private static final long ID = 7;

    @TempDir
    Path folder;

    private final Neighbours neighbours = new Neighbours(LEASE);
    private long now = -3 * QUARTER; // as System.nanoTime(), which may be negative, and passes zero here
    private SideFile file;
    private Owner other;

    @BeforeEach
    void openSideFile() throws IOException {
        file = SideFile.open(folder.resolve("app.db-nsqite"));
        other = new Owner(ID, file.id());
    }

    private void occupyByte() throws IOException {
        assertThat(file.tryLock(ID)).isNotNull();
        file.takeSlot(ID);
    }

    private Map<Owner, String> look() throws IOException {
        return neighbours.gone(List.of(other), file, now);
    }

    private Map<Owner, String> lookAfter(long nanos) throws IOException {
        now += nanos;
        return look();
    }

    /** Looks every quarter of a lease, the last time a moment before the lease is over. */
    private void nothingGoneForAlmostALease() throws IOException {
        assertThat(look()).isEmpty();
        for (int quarter = 1; quarter < 4; quarter++) {
            assertThat(lookAfter(QUARTER)).isEmpty();
        }
        assertThat(lookAfter(QUARTER - 1)).isEmpty();
    }

    @Test
    void whoseByteIsFreeIsDeadAtTheFirstLook() throws Exception {
        file.takeSlot(ID);
        assertThat(look()).containsExactly(Map.entry(other, "is dead"));
    }

    @Test
    void whoHoldsItsByteIsDeadAsSoonAsItLetsGo() throws Exception {
        FileLock lock = file.tryLock(ID);
        assertThat(look()).isEmpty();
        lock.release();
        assertThat(look()).containsOnlyKeys(other);
    }

    @Test
    void aFreeByteSaysNothingOfAnOwnerThatLocksAnotherSideFile() throws Exception {
        other = new Owner(ID, "another side file");
        nothingGoneForAlmostALease();
        assertThat(lookAfter(1))
                .hasEntrySatisfying(
                        other, how -> assertThat(how).contains("hung").contains("8000 ms"));
    }

    @Test
    void whoseCounterStandsStillForALeaseHangsAndNotAMomentEarlier() throws Exception {
        occupyByte();
        nothingGoneForAlmostALease();
        assertThat(lookAfter(1))
                .hasEntrySatisfying(
                        other, how -> assertThat(how).contains("hung").contains("8000 ms"));
    }

    @Test
    void whoseCounterMovesLives() throws Exception {
        occupyByte();
        for (int lease = 0; lease < 3; lease++) {
            nothingGoneForAlmostALease();
            file.beat(ID);
            assertThat(lookAfter(1)).isEmpty();
        }
    }

    @Test
    void anObserverThatStalledItselfCountsAfresh() throws Exception {
        occupyByte();
        assertThat(look()).isEmpty();
        assertThat(lookAfter(QUARTER)).isEmpty();

        assertThat(lookAfter(LEASE_NANOS)).as("after a stall of a whole lease").isEmpty();
        nothingGoneForAlmostALease();
        assertThat(lookAfter(1)).containsOnlyKeys(other);
    }

    @Test
    void aStallIsWhatTakesAMomentLongerThanAQuarterOfTheLease() throws Exception {
        occupyByte();
        assertThat(look()).isEmpty();
        for (int looks = 0; looks < 8; looks++) {
            assertThat(lookAfter(QUARTER + 1)).isEmpty();
        }
    }

    @Test
    void anOwnerThatVanishedMeanwhileIsForgotten() throws Exception {
        occupyByte();
        nothingGoneForAlmostALease();
        assertThat(neighbours.gone(List.of(), file, now)).isEmpty();

        nothingGoneForAlmostALease();
        assertThat(lookAfter(1)).containsOnlyKeys(other);
    }

    @Test
    void eachIsJudgedForItself() throws Exception {
        occupyByte();
        Owner dead = new Owner(ID + 1, file.id());
        assertThat(neighbours.gone(List.of(other, dead), file, now)).containsOnlyKeys(dead);
    }
}
