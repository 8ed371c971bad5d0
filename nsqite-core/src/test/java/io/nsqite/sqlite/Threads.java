package io.nsqite.sqlite;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The other threads of a test; whatever still runs when it ends is interrupted. */
final class Threads implements AfterEachCallback {

    private final ExecutorService threads = Executors.newCachedThreadPool();

    <T> Future<T> run(Callable<T> task) {
        return threads.submit(task);
    }

    /** Runs it in another thread and waits for that. */
    <T> T elsewhere(Callable<T> task) throws Exception {
        return run(task).get(5, TimeUnit.SECONDS);
    }

    @Override
    public void afterEach(ExtensionContext context) throws InterruptedException {
        threads.shutdownNow();
        threads.awaitTermination(5, TimeUnit.SECONDS);
    }
}
