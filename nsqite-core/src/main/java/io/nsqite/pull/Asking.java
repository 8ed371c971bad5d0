package io.nsqite.pull;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Puts requests into the line, and ends those that get nothing. What depends on them is the application's, so it runs neither on the timer's
 * thread nor with a lock held.
 */
final class Asking {

    /** Within this it is known whether a message is there, as a rule. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Requests requests;
    private final Timer timer;
    private final Executor executor;

    Asking(Requests requests, Timer timer, Executor executor) {
        this.requests = requests;
        this.timer = timer;
        this.executor = executor;
    }

    /** @param gone run when it has ended with nothing, so that nothing need be kept for it */
    CompletableFuture<List<PulledMessage>> add(Request request, Runnable gone) {
        requests.add(request);
        request.endsBy(timer, MOMENT, () -> executor.execute(request::end));
        CompletableFuture<List<PulledMessage>> future = request.future();
        var unused = future.whenComplete((messages, failure) -> {
            leave(request);
            if (messages == null || messages.isEmpty()) {
                gone.run();
            }
        });
        return future;
    }

    private void leave(Request request) {
        requests.remove(request);
        request.dropAlarm();
    }

    /** Nothing was there for those who don't wait. */
    void nothing() {
        List<Request> disappointed = requests.seenForNow();
        if (!disappointed.isEmpty()) {
            executor.execute(() -> disappointed.forEach(Request::end));
        }
    }

    /** Runs something that may end them. */
    void later(Runnable action) {
        executor.execute(action);
    }

    /** Nothing comes any more. */
    void endAll() {
        requests.all().forEach(Request::end);
    }

    void failAll(RuntimeException reason) {
        requests.all().forEach(request -> request.fail(reason));
    }
}
