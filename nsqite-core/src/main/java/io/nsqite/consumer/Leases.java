package io.nsqite.consumer;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long deliveries may stay without an answer. All leases are equally long, so they end in the order in which they began, and one
 * alarm does for all. Guarded by the monitor.
 */
final class Leases {

    private final Timer timer;
    private final long leaseNanos;
    private final Runnable onAlarm;
    private final Map<Handout, Long> ends = new LinkedHashMap<>();
    private Timer.@Nullable Scheduled alarm;

    /** @param onAlarm called on the timer's thread, without the monitor, when a lease may be over */
    Leases(Timer timer, Duration lease, Runnable onAlarm) {
        this.timer = timer;
        this.onAlarm = onAlarm;
        leaseNanos = lease.toNanos();
    }

    void begin(Handout handout) {
        ends.put(handout, timer.nanoTime() + leaseNanos);
        if (alarm == null) {
            setAlarm();
        }
    }

    /** Begins anew if it has begun. */
    void touch(Handout handout) {
        if (ends.remove(handout) != null) {
            begin(handout);
        }
    }

    /** How many have begun and not ended. */
    int open() {
        return ends.size();
    }

    void end(Handout handout) {
        ends.remove(handout);
    }

    /** Those whose leases are over; sets the alarm for the next. */
    List<Handout> takeOver() {
        List<Handout> over = new ArrayList<>();
        for (Map.Entry<Handout, Long> lease : ends.entrySet()) {
            if (lease.getValue() - timer.nanoTime() > 0) {
                break;
            }
            over.add(lease.getKey());
        }
        over.forEach(ends::remove);
        setAlarm();
        return over;
    }

    private void setAlarm() {
        alarm = ends.isEmpty()
                ? null
                : timer.schedule(
                        Duration.ofNanos(Math.max(0, ends.values().iterator().next() - timer.nanoTime())), onAlarm);
    }

    void close() {
        ends.clear();
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }
}
