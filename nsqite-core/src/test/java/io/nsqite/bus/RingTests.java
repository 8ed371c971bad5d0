package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class RingTests {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 100})
    void itHoldsExactlyItsCapacityInOrderLapAfterLap(int capacity) {
        Ring ring = new Ring(capacity);
        int next = 0;
        for (int lap = 0; lap < 5; lap++) {
            assertThat(ring.hasNext()).isFalse();
            assertThat(ring.poll()).isNull();
            for (int i = 0; i < capacity; i++) {
                assertThat(ring.hasRoom()).isTrue();
                assertThat(ring.offer(next + i)).isEqualTo(Reception.ACCEPTED);
                assertThat(ring.size()).isEqualTo(i + 1);
            }
            assertThat(ring.hasRoom()).isFalse();
            assertThat(ring.offer("too many")).isEqualTo(Reception.FULL);
            for (int i = 0; i < capacity; i++) {
                assertThat(ring.hasNext()).isTrue();
                assertThat(ring.poll()).isEqualTo(next + i);
            }
            assertThat(ring.size()).isZero();
            next += capacity;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 8})
    void afterItsEndNothingGetsInAndWhatIsInsideCanBeTaken(int capacity) {
        Ring ring = new Ring(capacity);
        ring.offer("inside");
        ring.end();
        ring.end();
        assertThat(ring.hasRoom()).isFalse();
        assertThat(ring.offer("late")).isEqualTo(Reception.ENDED);
        assertThat(ring.size()).isEqualTo(1);
        assertThat(ring.hasNext()).isTrue();
        assertThat(ring.poll()).isEqualTo("inside");
        assertThat(ring.poll()).isNull();
        assertThat(ring.size()).isZero();
        assertThat(ring.offer("late")).isEqualTo(Reception.ENDED);
    }

    @RepeatedTest(10)
    void whatManyThreadsPutInManyTakeOnceEachAndAfterItsEndNothingIsLeftBehind() throws Exception {
        Ring ring = new Ring(5);
        AtomicBoolean over = new AtomicBoolean();
        CountDownLatch underway = new CountDownLatch(3 * 300);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Set<Object>>> putters = new ArrayList<>();
            List<Future<Set<Object>>> takers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                putters.add(threads.submit(() -> put(ring, underway)));
                takers.add(threads.submit((Callable<Set<Object>>) () -> take(ring, over)));
            }
            assertThat(underway.await(20, TimeUnit.SECONDS)).isTrue();
            ring.end();
            Set<Object> put = union(putters);
            over.set(true); // all that was claimed is filled by now
            assertThat(union(takers)).isEqualTo(put);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Until it ends. */
    private static Set<Object> put(Ring ring, CountDownLatch underway) {
        Set<Object> put = new HashSet<>();
        while (true) {
            Object element = new Object();
            switch (ring.offer(element)) {
                case ACCEPTED -> {
                    put.add(element);
                    underway.countDown();
                }
                case ENDED -> {
                    return put;
                }
                default -> Thread.yield();
            }
        }
    }

    private static Set<Object> take(Ring ring, AtomicBoolean over) {
        Set<Object> taken = new HashSet<>();
        while (true) {
            boolean last = over.get();
            Object element = ring.poll();
            if (element != null) {
                assertThat(taken.add(element)).isTrue();
            } else if (last) {
                return taken;
            } else {
                Thread.yield();
            }
        }
    }

    /** Fails if one is in two of them. */
    private static Set<Object> union(List<Future<Set<Object>>> parts) throws Exception {
        Set<Object> all = new HashSet<>();
        for (Future<Set<Object>> part : parts) {
            for (Object element : part.get(20, TimeUnit.SECONDS)) {
                assertThat(all.add(element)).isTrue();
            }
        }
        return all;
    }
}
