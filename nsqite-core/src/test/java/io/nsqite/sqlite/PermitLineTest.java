package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.sqlite.PermitLine.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PermitLineTest {

    private static final long START = 1_000_000_000;
    private static final long SLICE = TimeUnit.MICROSECONDS.toNanos(PermitLine.SLICE_MICROS);
    private static final long ROUND = TimeUnit.MICROSECONDS.toNanos(PermitLine.ROUND_MICROS);
    private static final long LONG = TimeUnit.SECONDS.toNanos(1);

    private final PermitLine line = new PermitLine();
    private final PermitHolder holder = new PermitHolder();

    private PermitLineTest() {
        line.mayPass(holder, START); // its slice begins
    }

    private Waiter join() {
        return line.join(new PermitHolder());
    }

    /** The holder gives it back and takes it again before anybody else comes. */
    private void goesOn(long now) {
        assertThat(line.next(holder, now)).isNull();
        line.wake(holder);
        assertThat(line.mayPass(holder, now)).isTrue();
    }

    @Test
    void whoRunsMayTakeItPastTheLineUntilTheSliceHasEnded() {
        Waiter first = join();
        goesOn(START + SLICE - 1);
        assertThat(line.mayPass(holder, START + SLICE)).isFalse();
        assertThat(line.next(holder, START + SLICE)).isSameAs(first);
        assertThat(line.isEmpty()).isTrue();
    }

    @Test
    void aSliceBeginsWithTheHandOver() {
        join();
        Waiter second = join();
        line.next(holder, START + SLICE);
        PermitHolder next = new PermitHolder();
        assertThat(line.mayPass(next, START + 2 * SLICE - 1)).isTrue();
        assertThat(line.next(next, START + 2 * SLICE)).isSameAs(second);
    }

    @Test
    void aSliceBeginsWhenItIsTakenWhileNobodyWaits() {
        assertThat(line.mayPass(holder, START + 5 * SLICE)).isTrue();
        join();
        goesOn(START + 6 * SLICE - 1);
        assertThat(line.next(holder, START + 6 * SLICE)).isNotNull();
    }

    @Test
    void aLongLineHasShortSlices() {
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiters.add(join());
        }
        goesOn(START + ROUND / 100 - 1);
        assertThat(line.next(holder, START + ROUND / 100)).isSameAs(waiters.get(0));
    }

    @Test
    void theFirstIsWokenOnceAndNotAgainBeforeItHasLooked() {
        Waiter first = join();
        join();
        assertThat(line.next(holder, START + 1)).isNull();
        assertThat(line.wake(holder)).isSameAs(first.thread);
        assertThat(line.wake(holder)).isNull();
    }

    @Test
    void oneThatCameTooLateLooksAgainWhenTheSliceHasEnded() {
        Waiter first = join();
        line.sleeps(first, START + 10);
        assertThat(first.sleepNanos(LONG, START + 10)).isEqualTo(SLICE - 10);
        assertThat(first.sleepNanos(5, START + 10)).isEqualTo(5);
    }

    @Test
    void oneThatIsNotTheFirstSleepsUntilItIsWoken() {
        join();
        Waiter second = join();
        line.sleeps(second, START + 10);
        assertThat(second.sleepNanos(LONG, START + 10)).isEqualTo(LONG);
    }

    @Test
    void afterTheSliceTheHolderHandsOverAndNobodyLooks() {
        Waiter first = join();
        line.sleeps(first, START + SLICE);
        assertThat(first.sleepNanos(LONG, START + SLICE)).isEqualTo(LONG);
    }

    @Test
    void aHolderThatComesBackWakesNobodyTwiceInASlice() {
        Waiter first = join();
        goesOn(START + 10); // woken
        line.sleeps(first, START + 20); // too late
        assertThat(line.next(holder, START + 30)).isNull();
        assertThat(line.wake(holder)).isNull();
    }

    @Test
    void aHolderOfWhomNothingIsKnownWakesAtOnce() {
        Waiter first = join();
        line.sleeps(first, START + 20);
        assertThat(line.next(holder, START + 30)).isNull();
        assertThat(line.wake(holder)).isSameAs(first.thread);
    }

    @Test
    void aHolderThatOnceDidNotComeBackWakesTheNextTime() {
        Waiter first = join();
        goesOn(START + 10);
        line.sleeps(first, START + 20);
        line.next(holder, START + 30);
        assertThat(line.takesFree(first, START + SLICE)).isTrue();

        Waiter second = join();
        line.sleeps(second, START + SLICE + 10);
        line.next(holder, START + SLICE + 20);
        assertThat(line.wake(holder)).isSameAs(second.thread);
    }

    @Test
    void onlyTheFirstTakesWhatIsFree() {
        Waiter first = join();
        Waiter second = join();
        assertThat(line.takesFree(second, START)).isFalse();
        line.leave(first);
        assertThat(line.takesFree(second, START)).isTrue();
    }
}
