package io.nsqite;

import io.nsqite.database.QueueDatabase;
import io.nsqite.database.Refusal;
import io.nsqite.owner.Ownership;
import io.nsqite.wakeup.EngineClock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts together what the parts of the queue know of their state. */
final class Conditions {

    private final QueueDatabase database;
    private final Ownership ownership;
    private final EngineClock clock;

    /** Since when something is wrong that tells no time itself. */
    private @Nullable Instant seenSince;

    Conditions(QueueDatabase database, Ownership ownership, EngineClock clock) {
        this.database = database;
        this.ownership = ownership;
        this.clock = clock;
    }

    Condition closed() {
        return seen("The queue is closed; restart the application, or open another");
    }

    Condition now() {
        Optional<String> condemnation = database.condemnation();
        if (condemnation.isPresent()) {
            return seen(condemnation.get());
        }
        Optional<Refusal> write = database.writer().refusal();
        if (write.isPresent()) {
            return refused(
                    "The database does not take what is written to it; publishing fails, and what was handled may come again",
                    write.get());
        }
        Optional<Refusal> look = ownership.refusal();
        return look.isPresent() ? refused("The database can't be read", look.get()) : Condition.HEALTHY;
    }

    private Condition refused(String what, Refusal refusal) {
        long ago = (System.nanoTime() - refusal.sinceNanos()) / 1_000_000;
        return new Condition("%s: %s".formatted(what, refusal.error()), Instant.ofEpochMilli(clock.millis() - ago));
    }

    private synchronized Condition seen(String problem) {
        Instant since = seenSince;
        if (since == null) {
            since = Instant.ofEpochMilli(clock.millis());
            seenSince = since;
        }
        return new Condition(problem, since);
    }
}
