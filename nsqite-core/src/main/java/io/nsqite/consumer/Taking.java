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

/** Takes a channel, if nobody serves it. */
final class Taking {

    /** No channel, as an id. */
    static final long UNKNOWN = 0;

    private final Engine engine;
    private final NewChannel channel;
    private final Purpose purpose;

    /** @param purpose what the channel is taken for */
    Taking(Engine engine, NewChannel channel, Purpose purpose) {
        this.engine = engine;
        this.channel = channel;
        this.purpose = purpose;
    }

    /**
     * What became of it.
     *
     * @param channelId which channel it is about; {@link #UNKNOWN} while this process is not registered
     * @param prepared null if it was not taken
     * @param isDeleted whether an operator deleted the channel
     */
    record Result(long channelId, Purpose.@Nullable Prepared prepared, boolean isDeleted) {}

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
                channels.take(transaction, id, engine.ownership().id(), purpose.inHand());
        return taken.isEmpty()
                ? new Result(id, null, false)
                : new Result(id, purpose.prepare(transaction, taken.get()), false);
    }

    /** Gives back what was taken and is not served. */
    void giveBack(Claim claim) {
        GivingBack.begin(
                engine, claim, transaction -> engine.store().channels().release(transaction, claim, 0), () -> {});
    }
}
