package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.ManualTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** A bus whose time the test drives, and threads to use it with. */
@Timeout(30)
abstract class BusTest {

    static final Duration LONG = Duration.ofSeconds(20);

    final ManualTimer timer = new ManualTimer();
    final EventBus bus = EventBus.builder().timer(timer).build();
    final BusOptions options = BusOptions.defaults();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<CountDownLatch> gates = new ArrayList<>();

    @AfterEach
    void end() {
        gates.forEach(CountDownLatch::countDown);
        bus.stop(Duration.ofMillis(50)); // some leave deliveries open
        threads.shutdownNow();
    }

    /** Opened at the end of the test at the latest. */
    final CountDownLatch gate() {
        CountDownLatch gate = new CountDownLatch(1);
        gates.add(gate);
        return gate;
    }

    static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    final <T> Future<T> async(Callable<T> task) {
        return threads.submit(task);
    }

    static <T> T get(Future<T> future) throws Exception {
        return future.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    final BusSubscriptionStatus status(String topic, String channel) {
        return bus.subscriptions().stream()
                .filter(status ->
                        status.topic().equals(topic) && status.channel().equals(channel))
                .findAny()
                .orElseThrow();
    }

    final <T> void awaitStatus(BusSubscription subscription, Function<BusSubscriptionStatus, T> figure, T wanted) {
        await().pollInterval(Duration.ofMillis(5))
                .atMost(LONG)
                .untilAsserted(
                        () -> assertThat(figure.apply(subscription.status())).isEqualTo(wanted));
    }
}
