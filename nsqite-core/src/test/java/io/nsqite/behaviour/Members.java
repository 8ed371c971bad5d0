package io.nsqite.behaviour;

import io.nsqite.ManualTimer;
import io.nsqite.Nsqite;
import io.nsqite.NsqiteBuilder;
import io.nsqite.NsqiteOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Those that use a database, as if they were processes. Their time passes when a test says so. */
final class Members implements AutoCloseable {

    /** How long one may hang before the others take what it serves. */
    static final Duration LEASE = Duration.ofSeconds(1);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final NsqiteOptions OPTIONS = NsqiteOptions.defaults()
            .withLease(LEASE)
            .withPollIntervals(STEP, STEP)
            .withStopTimeout(Duration.ofSeconds(5));

    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.parse("2026-03-29T00:59:00Z"));
    private final Map<Nsqite, ManualTimer> moving = new LinkedHashMap<>();
    private final Map<Nsqite, ManualTimer> hanging = new LinkedHashMap<>();

    Nsqite open(NsqiteBuilder builder) {
        ManualTimer timer = new ManualTimer();
        Nsqite opened =
                builder.options(OPTIONS).timer(timer).clock(wallClock::get).build();
        moving.put(opened, timer);
        return opened;
    }

    Instant now() {
        return wallClock.get();
    }

    /** Time passes for all that don't hang, in step. */
    void pass(Duration duration) {
        Duration left = duration;
        do {
            Duration step = left.compareTo(STEP) < 0 ? left : STEP;
            wallClock.updateAndGet(now -> now.plus(step));
            moving.values().forEach(timer -> timer.advance(step));
            left = left.minus(step);
        } while (!left.isZero());
    }

    /** Its time stands still, as if its process were suspended; handlers that run go on. */
    void hang(Nsqite member) {
        hanging.put(member, moving.remove(member));
    }

    /** It goes on. */
    void wake(Nsqite member) {
        moving.put(member, hanging.remove(member));
    }

    void close(Nsqite member) {
        member.close();
        moving.remove(member);
        hanging.remove(member);
    }

    @Override
    public void close() {
        moving.keySet().forEach(Nsqite::close);
        hanging.keySet().forEach(Nsqite::close);
    }
}
