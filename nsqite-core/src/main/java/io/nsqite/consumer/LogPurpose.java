package io.nsqite.consumer;

import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import io.nsqite.store.OffsetStore.Beginning;
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
        Beginning step = LogBeginning.firstStep(engine, transaction, taken.claim());
        long newest = engine.store().messages().newestId(transaction);
        LogTenure.Opening opening = new LogTenure.Opening(
                taken.claim(),
                LogBeginning.after(engine, step),
                new LogPosition(step.offset().doneTo(), newest));
        return new PreparedLog(engine, opening, signal);
    }

    @Override
    public void stopped() {
        signal.give();
    }

    private record PreparedLog(Engine engine, LogTenure.Opening opening, LogSignal signal) implements Prepared {

        @Override
        public Claim claim() {
            return opening.claim();
        }

        @Override
        public Service serve(BooleanSupplier paused, Runnable onLost) {
            LogTenure tenure = new LogTenure(engine, opening, signal, onLost);
            tenure.setPausedHere(paused.getAsBoolean());
            signal.begin(tenure);
            return Service.withoutWorkers(tenure);
        }
    }
}
