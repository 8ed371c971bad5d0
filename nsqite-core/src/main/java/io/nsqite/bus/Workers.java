package io.nsqite.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;

/** The threads that handle the events of a subscription. */
final class Workers {

    private final List<Worker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private Workers() {}

    static Workers start(Place place, int number, ThreadFactory factory, Supplier<Worker> maker) {
        Workers all = new Workers();
        for (int i = 1; i <= number; i++) {
            Worker worker = maker.get();
            Thread thread = factory.newThread(worker);
            thread.setName("nsqite-bus-%s-%d".formatted(place, i));
            all.workers.add(worker);
            all.threads.add(thread);
        }
        all.threads.forEach(Thread::start);
        return all;
    }

    /** Whether the calling thread is one of them. */
    boolean isCurrent() {
        return threads.contains(Thread.currentThread());
    }

    /** How many handlers run. */
    int busy() {
        return (int) workers.stream().filter(Worker::isBusy).count();
    }

    /** Waits until all have ended but the calling one, at the most until then; false if some have not. */
    boolean awaitEnd(long deadline) throws InterruptedException {
        for (Thread thread : threads) {
            if (thread != Thread.currentThread() && !join(thread, deadline)) {
                return false;
            }
        }
        return true;
    }

    private static boolean join(Thread thread, long deadline) throws InterruptedException {
        long left = deadline - System.nanoTime();
        if (left > 0) {
            thread.join(left / 1_000_000, (int) (left % 1_000_000));
        }
        return !thread.isAlive();
    }

    /** Has those that still run notice that nobody waits for them. */
    void interrupt() {
        for (Thread thread : threads) {
            if (thread != Thread.currentThread()) {
                thread.interrupt();
            }
        }
    }
}
