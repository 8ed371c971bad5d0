package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(20)
class WritePermitTest {

    private static final Duration LONG = Duration.ofSeconds(10);

    @RegisterExtension
    final Threads threads = new Threads();

    private final WritePermit permit = new WritePermit(Path.of("test.db"));

    @Test
    void belongsToTheConnectionAndNotToTheThread() throws Exception {
        PermitHolder holder = new PermitHolder();
        acquire(holder);
        assertThat(permit.isHeldByCurrentThread()).isTrue();

        assertThat(threads.elsewhere(() -> {
                    assertThat(permit.isHeldByCurrentThread()).isFalse();
                    holder.used();
                    return permit.isHeldByCurrentThread();
                }))
                .isTrue();

        assertThat(permit.isHeldByCurrentThread()).isFalse();
        threads.elsewhere(() -> {
            permit.release(holder);
            return true;
        });
        acquire(new PermitHolder());
    }

    @Test
    void takingItTwiceForTheSameConnectionIsTakingItOnce() throws Exception {
        PermitHolder holder = new PermitHolder();
        acquire(holder);
        acquire(holder);
        permit.release(holder);

        assertThat(permit.isHeldByCurrentThread()).isFalse();
        threads.elsewhere(() -> acquire(new PermitHolder()));
    }

    @Test
    void givingBackWhatAnotherHasChangesNothing() throws Exception {
        PermitHolder holder = new PermitHolder();
        acquire(holder);
        permit.release(new PermitHolder());

        assertThat(permit.isHeldByCurrentThread()).isTrue();
    }

    @Test
    void aSecondConnectionOfTheSameThreadFailsAtOnceWithAdvice() throws Exception {
        acquire(new PermitHolder());

        assertThatThrownBy(() -> acquire(new PermitHolder()))
                .isInstanceOf(SecondWriterException.class)
                .hasMessageContaining("REQUIRES_NEW")
                .hasMessageContaining("IDENTITY or UUID")
                .hasMessageContaining(Thread.currentThread().getName());
        assertThat(permit.waiting()).isZero();
    }

    @Test
    void aWaiterGetsItWhenItIsGivenBack() throws Exception {
        PermitHolder holder = new PermitHolder();
        acquire(holder);
        Future<Boolean> waiter = threads.run(() -> acquire(new PermitHolder()));
        awaitWaiters(1);
        permit.release(holder);

        assertThat(waiter.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitersGetItInTheOrderOfTheirArrival() throws Exception {
        PermitHolder holder = new PermitHolder();
        acquire(holder);
        List<Integer> order = new ArrayList<>();
        List<Future<?>> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            waiters.add(threads.run(() -> {
                PermitHolder own = new PermitHolder();
                acquire(own);
                order.add(number);
                permit.release(own);
                return null;
            }));
            awaitWaiters(i + 1);
        }
        permit.release(holder);
        for (Future<?> waiter : waiters) {
            waiter.get(5, TimeUnit.SECONDS);
        }

        assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void itIsHandedOverWhenTheSliceHasEnded() throws Exception {
        PermitHolder first = new PermitHolder();
        acquire(first);
        PermitHolder other = new PermitHolder();
        Future<Boolean> waiter = threads.run(() -> acquire(other));
        awaitWaiters(1);
        untilTimeIs(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(2 * PermitLine.SLICE_MICROS));
        permit.release(first);
        assertThat(permit.isHeld()).isTrue();

        // it was handed over, so it is not free for who runs
        assertThatThrownBy(() -> permit.acquire(first, new Patience(Duration.ZERO)))
                .isInstanceOf(WriteTimeoutException.class);
        assertThat(waiter.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyStarvesBesideThreadsThatNeverRest() throws Exception {
        int count = 8;
        int[] turns = new int[count];
        CountDownLatch start = new CountDownLatch(1);
        long duration = TimeUnit.MILLISECONDS.toNanos(700);
        List<Future<?>> greedy = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            greedy.add(threads.run(() -> {
                PermitHolder own = new PermitHolder();
                start.await();
                long end = System.nanoTime() + duration;
                while (System.nanoTime() < end) {
                    acquire(own);
                    turns[number]++;
                    permit.release(own);
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> thread : greedy) {
            thread.get(10, TimeUnit.SECONDS);
        }

        // 700 ms in slices of half a millisecond at most for 8 threads: far more than a few turns for everyone
        assertThat(turns).doesNotContain(0, 1, 2, 3, 4, 5);
    }

    @Test
    void onlyOneHasItAtATime() throws Exception {
        AtomicReference<PermitHolder> inside = new AtomicReference<>();
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Duration patience = i % 2 == 0 ? LONG : Duration.ofNanos(200_000);
            all.add(threads.run(() -> {
                PermitHolder own = new PermitHolder();
                for (int turn = 0; turn < 2_000; turn++) {
                    try {
                        permit.acquire(own, new Patience(patience));
                    } catch (WriteTimeoutException e) {
                        continue;
                    }
                    assertThat(inside.compareAndSet(null, own)).isTrue();
                    inside.set(null);
                    permit.release(own);
                }
                return null;
            }));
        }
        for (Future<?> thread : all) {
            thread.get(15, TimeUnit.SECONDS);
        }

        assertThat(permit.waiting()).isZero();
        acquire(new PermitHolder());
    }

    @Test
    void waitingEndsWithTheTimeAndNamesTheHolder() throws Exception {
        acquire(new PermitHolder());
        String holder = Thread.currentThread().getName();

        assertThatThrownBy(() -> threads.elsewhere(() -> {
                    permit.acquire(new PermitHolder(), new Patience(Duration.ofMillis(30)));
                    return true;
                }))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(WriteTimeoutException.class)
                .hasMessageContaining("30 ms")
                .hasMessageContaining('"' + holder + '"')
                .hasMessageContaining("test.db")
                .satisfies(e -> assertThat(((SQLException) e).getErrorCode()).isEqualTo(5));
        assertThat(permit.waiting()).isZero();
    }

    @Test
    void waitingCanBeInterruptedAndTheFlagStays() throws Exception {
        acquire(new PermitHolder());
        AtomicReference<Thread> thread = new AtomicReference<>();
        Future<Boolean> waiter = threads.run(() -> {
            thread.set(Thread.currentThread());
            assertThatThrownBy(() -> acquire(new PermitHolder()))
                    .isInstanceOf(WaitCancelledException.class)
                    .hasMessageContaining("was interrupted");
            return Thread.interrupted();
        });
        awaitWaiters(1);
        thread.get().interrupt();

        assertThat(waiter.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(permit.waiting()).isZero();
    }

    @Test
    void aWaiterThatIsCancelledLeavesTheOthersTheirTurn() throws Exception {
        PermitHolder holder = new PermitHolder();
        acquire(holder);
        PermitHolder cancelled = new PermitHolder();
        Future<Boolean> first = threads.run(() -> acquire(cancelled));
        awaitWaiters(1);
        Future<Boolean> second = threads.run(() -> acquire(new PermitHolder()));
        awaitWaiters(2);
        permit.cancel(cancelled);

        assertThatThrownBy(() -> first.get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(WaitCancelledException.class)
                .hasMessageContaining("was cancelled");
        permit.release(holder);
        assertThat(second.get(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void waitersThatGiveUpAllTheTimeNeverLoseThePermit() throws Exception {
        for (int round = 0; round < 300; round++) {
            PermitHolder holder = new PermitHolder();
            acquire(holder);
            PermitHolder hasty = new PermitHolder();
            Future<?> givingUp = threads.run(() -> {
                try {
                    permit.acquire(hasty, new Patience(Duration.ofNanos(150_000)));
                    permit.release(hasty);
                } catch (WriteTimeoutException expected) {
                    // as likely as not
                }
                return null;
            });
            PermitHolder patient = new PermitHolder();
            Future<?> staying = threads.run(() -> {
                acquire(patient);
                permit.release(patient);
                return null;
            });
            // sooner and later, around the moment at which the hasty one gives up
            untilTimeIs(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(round));
            permit.release(holder);
            givingUp.get(5, TimeUnit.SECONDS);
            staying.get(5, TimeUnit.SECONDS);
        }

        assertThat(permit.waiting()).isZero();
    }

    private boolean acquire(PermitHolder holder) throws SQLException {
        permit.acquire(holder, new Patience(LONG));
        return true;
    }

    /** Some moment within the next two milliseconds, met more closely than by a timer. */
    private static void untilTimeIs(long moment) {
        while (System.nanoTime() - moment < 0) {
            Thread.onSpinWait();
        }
    }

    private void awaitWaiters(int count) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> permit.waiting() == count);
    }
}
