package io.nsqite.pull;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody wants messages. Whoever completes its future first decides what becomes of it. */
final class Request {

    private final int max;
    private final Duration wait;
    private final Duration visibilityTimeout;
    private final CompletableFuture<List<PulledMessage>> future = new CompletableFuture<>();
    private Timer.@Nullable Scheduled alarm;

    Request(int max, Duration wait, Duration visibilityTimeout) {
        this.max = Limits.max(max);
        this.wait = Limits.waiting(wait);
        this.visibilityTimeout = Limits.visibilityTimeout(visibilityTimeout);
    }

    int max() {
        return max;
    }

    Duration visibilityTimeout() {
        return visibilityTimeout;
    }

    /** Whether it takes what is there, or nothing. */
    boolean isForNow() {
        return wait.isZero();
    }

    CompletableFuture<List<PulledMessage>> future() {
        return future;
    }

    /** Has it end when its time is over; whether a message is there is found out within a moment. */
    void endsBy(Timer timer, Duration moment, Runnable end) {
        alarm = timer.schedule(isForNow() ? moment : wait, end);
    }

    void dropAlarm() {
        if (alarm != null) {
            alarm.cancel();
        }
    }

    /** False if it has ended already. */
    boolean answer(List<PulledMessage> messages) {
        return future.complete(messages);
    }

    void end() {
        future.complete(List.of());
    }

    void fail(RuntimeException reason) {
        future.completeExceptionally(reason);
    }
}
