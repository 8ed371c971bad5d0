package io.nsqite.sqlite;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The other threads of a test; whatever still runs when it ends is interrupted. */
final class Threads implements AfterEachCallback {

    private static final Duration WATCHED = Duration.ofMillis(50);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    <T> Future<T> run(Callable<T> task) {
        return threads.submit(task);
    }

    /** Runs it in another thread and waits for that. */
    <T> T elsewhere(Callable<T> task) throws Exception {
        return run(task).get(5, TimeUnit.SECONDS);
    }

    /** Sees for a while that it does not end. */
    void assertWaits(Future<?> running) {
        await().during(WATCHED)
                .atMost(WATCHED.multipliedBy(100))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !running.isDone());
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(5, TimeUnit.SECONDS);
    }
}
