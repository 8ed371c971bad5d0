package io.nsqite.consumer;

import io.nsqite.store.Claim;
import io.nsqite.store.Clocks;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down, when the wall clock was set, how far the clock of retries is from it now: the next owner has to know. */
final class ClockJumps {

    private static final Logger log = LoggerFactory.getLogger(ClockJumps.class);
    private static final Duration REPEAT = Duration.ofSeconds(1);

    private final Engine engine;
    private final Supplier<Claim> claim;
    private final Supplier<Clocks> clocks;
    private volatile boolean failing;

    ClockJumps(Engine engine, Supplier<Claim> claim, Supplier<Clocks> clocks) {
        this.engine = engine;
        this.claim = claim;
        this.clocks = clocks;
    }

    /** Writes it, and tries again as long as the channel is this process's. */
    void jumped() {
        Claim current = claim.get();
        engine.database()
                .writer()
                .submit(
                        transaction -> engine.store().channels().setClocks(transaction, current, clocks.get()),
                        (fence, failure) -> {
                            if (failure == null) {
                                failing = false;
                            } else if (engine.ownership().id() == current.ownerId()) {
                                report(current, failure);
                                engine.timer().schedule(REPEAT, this::jumped);
                            }
                        });
    }

    private void report(Claim current, Throwable failure) {
        if (!failing) {
            log.warn(
                    "{}: writing that the clock has jumped failed and is tried again until it succeeds; if another process takes the"
                            + " channel before, retries may be early",
                    current,
                    failure);
        }
        failing = true;
    }
}
