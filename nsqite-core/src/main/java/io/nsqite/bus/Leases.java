package io.nsqite.bus;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The open deliveries of a subscription that is answered by hand: never more than its concurrency. All leases are equally long, so they end in
 * the order in which they began, and one alarm does for all.
 */
final class Leases {

    private final Timer timer;
    private final long leaseNanos;
    private final int most;
    private final Semaphore free;
    private final Map<OpenDelivery<?>, Long> ends = new LinkedHashMap<>();
    private boolean alarmed;

    Leases(Timer timer, BusOptions options) {
        this.timer = timer;
        this.leaseNanos = options.ackLease().toNanos();
        this.most = options.concurrency();
        this.free = new Semaphore(most);
    }

    /** Waits until one more may be open. */
    void await() {
        free.acquireUninterruptibly();
    }

    /** None is opened after all. */
    void giveBack() {
        free.release();
    }

    void begin(OpenDelivery<?> delivery) {
        synchronized (ends) {
            ends.put(delivery, timer.nanoTime() + leaseNanos);
            if (!alarmed) {
                setAlarm();
            }
        }
    }

    /** Begins anew if it has not ended. */
    void touch(OpenDelivery<?> delivery) {
        synchronized (ends) {
            if (ends.remove(delivery) != null) {
                ends.put(delivery, timer.nanoTime() + leaseNanos);
            }
        }
    }

    void end(OpenDelivery<?> delivery) {
        synchronized (ends) {
            ends.remove(delivery);
        }
        free.release();
    }

    private void onAlarm() {
        over().forEach(OpenDelivery::lapse);
    }

    private List<OpenDelivery<?>> over() {
        synchronized (ends) {
            List<OpenDelivery<?>> over = new ArrayList<>();
            for (Map.Entry<OpenDelivery<?>, Long> lease : ends.entrySet()) {
                if (lease.getValue() - timer.nanoTime() > 0) {
                    break;
                }
                over.add(lease.getKey());
            }
            over.forEach(ends::remove);
            setAlarm();
            return over;
        }
    }

    private void setAlarm() {
        alarmed = !ends.isEmpty();
        if (alarmed) {
            long left = ends.values().iterator().next() - timer.nanoTime();
            timer.schedule(Duration.ofNanos(Math.max(0, left)), this::onAlarm);
        }
    }

    /** Nobody is to wait any more. */
    void abandon() {
        free.release(most);
    }

    /** How many are open. */
    int open() {
        synchronized (ends) {
            return ends.size();
        }
    }

    /** Waits until none is open, at the most until then; false if some still are. */
    boolean awaitNone(long deadline) throws InterruptedException {
        if (!free.tryAcquire(most, Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
            return false;
        }
        free.release(most);
        return true;
    }
}
