package io.nsqite.consumer;

import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a channel back, again and again while the database refuses: as long as this process lives nobody else takes what is its own. When the
 * queue closes it stops trying, and the channel is free as the process signs off.
 */
final class GivingBack {

    private static final Logger log = LoggerFactory.getLogger(GivingBack.class);

    private final Engine engine;
    private final Claim claim;
    private final Release release;
    private final Runnable tried;
    private final Repeat repeat;

    /** How the tables say it. Does nothing if the claim does not hold any more. */
    @FunctionalInterface
    interface Release {
        void write(Connection transaction) throws SQLException;
    }

    private GivingBack(Engine engine, Claim claim, Release release, Runnable tried) {
        this.engine = engine;
        this.claim = claim;
        this.release = release;
        this.tried = tried;
        repeat = new Repeat(log, claim + ": giving the channel back", engine.timer());
    }

    /**
     * Begins; does not wait.
     *
     * @param tried run each time it was tried, whether the database has taken it or not; must not block
     */
    static void begin(Engine engine, Claim claim, Release release, Runnable tried) {
        new GivingBack(engine, claim, release, tried).submit();
    }

    private void submit() {
        engine.database()
                .writer()
                .submit(
                        transaction -> {
                            release.write(transaction);
                            return claim;
                        },
                        this::ended);
    }

    private void ended(@Nullable Claim given, @Nullable Throwable failure) {
        if (failure == null) {
            repeat.succeeded();
        } else {
            repeat.failed(failure, this::submit);
        }
        tried.run();
    }
}
