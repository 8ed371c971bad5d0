package io.nsqite.consumer;

import io.nsqite.store.Claim;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the delays of a channel's retries when the clock jumps: their times move with it. What is scheduled by the clock stays, and is
 * looked at again.
 */
final class ClockJumps {

    private static final Logger log = LoggerFactory.getLogger(ClockJumps.class);
    private static final Duration REPEAT = Duration.ofSeconds(1);

    private final Engine engine;
    private final Supplier<Claim> claim;
    private final Runnable moved;
    private volatile boolean failing;

    /** @param moved told when times may have changed; called on the writer's thread */
    ClockJumps(Engine engine, Supplier<Claim> claim, Runnable moved) {
        this.engine = engine;
        this.claim = claim;
        this.moved = moved;
    }

    /** Moves them, and tries again as long as the channel is this process's. */
    void jumped(Duration by) {
        Claim current = claim.get();
        engine.database()
                .writer()
                .submit(
                        transaction -> engine.store().channels().moveRetries(transaction, current, by),
                        (fence, failure) -> {
                            if (failure == null) {
                                failing = false;
                                moved.run();
                            } else if (engine.ownership().id() == current.ownerId()) {
                                report(current, failure);
                                engine.timer().schedule(REPEAT, () -> jumped(by));
                            }
                        });
    }

    private void report(Claim current, Throwable failure) {
        if (!failing) {
            log.warn(
                    "{}: moving the retries with the clock failed and is tried again until it succeeds",
                    current,
                    failure);
        }
        failing = true;
    }
}
