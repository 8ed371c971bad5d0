package io.nsqite.consumer;

import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How long deliveries may stay without an answer. One alarm does for all, set for the lease that ends first. Guarded by the monitor. */
final class Leases {

    private final Timer timer;
    private final Runnable onAlarm;
    private final Map<Handout, Lease> open = new HashMap<>();
    private final TreeSet<Lease> byEnd = new TreeSet<>();
    private long begun;
    private Timer.@Nullable Scheduled alarm;
    private long alarmAt;

    /** @param onAlarm called on the timer's thread, without the monitor, when a lease may be over */
    Leases(Timer timer, Runnable onAlarm) {
        this.timer = timer;
        this.onAlarm = onAlarm;
    }

    /** @param number tells those that end at the same time apart */
    private record Lease(Handout handout, Duration length, long end, long number) implements Comparable<Lease> {

        @Override
        public int compareTo(Lease other) {
            int byEnd = Long.compare(end - other.end, 0); // as the clock's numbers may wrap around
            return byEnd != 0 ? byEnd : Long.compare(number, other.number);
        }
    }

    /** Begins a lease, in the place of the one that it has, if it has one. */
    void begin(Handout handout, Duration length) {
        end(handout);
        Lease lease = new Lease(handout, length, timer.nanoTime() + length.toNanos(), begun++);
        open.put(handout, lease);
        byEnd.add(lease);
        if (alarm == null || lease.end() - alarmAt < 0) {
            setAlarm();
        }
    }

    /** Begins anew if it has begun. */
    void touch(Handout handout) {
        Lease lease = open.get(handout);
        if (lease != null) {
            begin(handout, lease.length());
        }
    }

    /** How many have begun and not ended. */
    int open() {
        return open.size();
    }

    void end(Handout handout) {
        Lease lease = open.remove(handout);
        if (lease != null) {
            byEnd.remove(lease);
        }
    }

    /** Ends those that are over, and sets the alarm for the next. */
    List<Handout> takeOver() {
        List<Handout> over = new ArrayList<>();
        while (!byEnd.isEmpty() && byEnd.first().end() - timer.nanoTime() <= 0) {
            Lease lease = byEnd.first();
            end(lease.handout());
            lease.handout().expired(lease.length());
            over.add(lease.handout());
        }
        setAlarm();
        return over;
    }

    private void setAlarm() {
        cancelAlarm();
        if (!byEnd.isEmpty()) {
            alarmAt = byEnd.first().end();
            alarm = timer.schedule(Duration.ofNanos(Math.max(0, alarmAt - timer.nanoTime())), onAlarm);
        }
    }

    private void cancelAlarm() {
        if (alarm != null) {
            alarm.cancel();
            alarm = null;
        }
    }

    void close() {
        open.clear();
        byEnd.clear();
        cancelAlarm();
    }
}
