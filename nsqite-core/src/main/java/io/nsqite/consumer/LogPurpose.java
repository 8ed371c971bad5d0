package io.nsqite.consumer;

import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import io.nsqite.store.OffsetStore.Offset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** A channel is taken to be read as a log. */
record LogPurpose(Engine engine, String topic, String channel, LogSignal signal) implements Purpose {

    @Override
    public ConsumerOptions options() {
        return ConsumerOptions.defaults();
    }

    @Override
    public int inHand() {
        return 0;
    }

    @Override
    public Prepared prepare(Connection transaction, Taken taken) throws SQLException {
        Offset offset = engine.store().offsets().begin(transaction, taken.claim());
        long newest = engine.store().messages().newestId(transaction);
        return new PreparedLog(engine, taken.claim(), new LogPosition(offset.doneTo(), newest), signal);
    }

    private record PreparedLog(Engine engine, Claim claim, LogPosition position, LogSignal signal) implements Prepared {

        @Override
        public Service serve(BooleanSupplier paused, Runnable onLost) {
            LogTenure tenure = new LogTenure(engine, claim, position, signal, onLost);
            tenure.setPausedHere(paused.getAsBoolean());
            signal.begin(tenure);
            return Service.withoutWorkers(tenure);
        }
    }
}
