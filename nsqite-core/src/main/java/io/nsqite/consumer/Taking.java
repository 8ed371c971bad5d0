package io.nsqite.consumer;

import io.nsqite.store.ChannelStore;
import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a channel, if nobody serves it. */
final class Taking {

    /** No channel, as an id. */
    static final long UNKNOWN = 0;

    private static final Logger log = LoggerFactory.getLogger(Taking.class);

    private final Engine engine;
    private final NewChannel channel;
    private final ConsumerOptions options;

    /** @param options how it is going to be consumed */
    Taking(Engine engine, NewChannel channel, ConsumerOptions options) {
        this.engine = engine;
        this.channel = channel;
        this.options = options;
    }

    /**
     * What became of it.
     *
     * @param channelId which channel it is about; {@link #UNKNOWN} while this process is not registered
     * @param opening null if it was not taken
     * @param isDeleted whether an operator deleted the channel
     */
    record Result(long channelId, Tenure.@Nullable Opening opening, boolean isDeleted) {}

    /**
     * Takes it. Creates it if the tables were emptied meanwhile, but not if it was deleted by an operator.
     *
     * @param known the channel that this consumer is about; {@link #UNKNOWN} to create it whatever happened before
     */
    Result take(Connection transaction, long known) throws SQLException {
        if (!engine.store().owners().exists(transaction, engine.ownership().id())) {
            return new Result(known, null, false); // about to be registered anew
        }
        if (engine.store().operator().deleted(transaction).contains(known)) {
            return new Result(known, null, true);
        }
        ChannelStore channels = engine.store().channels();
        long id = channels.create(transaction, List.of(channel)).get(0);
        Optional<Taken> taken =
                channels.take(transaction, id, engine.ownership().id(), InHandLimit.least(options));
        if (taken.isEmpty()) {
            return new Result(id, null, false);
        }
        if (!options.keyOrder().isOrdered()) {
            engine.store().keys().freeHeld(transaction, taken.get().claim()); // it may have been ordered before
        }
        Tenure.Opening opening = Tenure.Opening.of(engine, transaction, taken.get());
        return new Result(id, opening, false);
    }

    /** Gives back what was taken and is not served. */
    void giveBack(Claim claim) {
        engine.database()
                .writer()
                .submit(
                        transaction -> {
                            engine.store().channels().release(transaction, claim, 0);
                            return claim;
                        },
                        (released, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{}: the channel could not be given back before the process ends",
                                        claim,
                                        failure);
                            }
                        });
    }
}
