package io.nsqite.consumer;

import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;

/** A channel is taken for its messages to be handed out. */
record Handlers(Engine engine, Subscription subscription) implements Purpose {

    @Override
    public String topic() {
        return subscription.topic();
    }

    @Override
    public String channel() {
        return subscription.channel();
    }

    @Override
    public ConsumerOptions options() {
        return subscription.options();
    }

    @Override
    public int inHand() {
        return InHandLimit.least(options());
    }

    @Override
    public Prepared prepare(Connection transaction, Taken taken) throws SQLException {
        if (!options().keyOrder().isOrdered()) {
            engine.store().keys().freeHeld(transaction, taken.claim()); // it may have been ordered before
        }
        return new PreparedForHandlers(engine, subscription, Tenure.Opening.of(engine, transaction, taken));
    }

    @Override
    public void stopped() {
        if (subscription.handler() instanceof Demand demand) {
            demand.stopping();
        }
    }

    private record PreparedForHandlers(Engine engine, Subscription subscription, Tenure.Opening opening)
            implements Prepared {

        @Override
        public Claim claim() {
            return opening.claim();
        }

        @Override
        public Service serve(BooleanSupplier paused, Runnable onLost) {
            Tenure tenure = new Tenure(engine, subscription, opening, onLost);
            tenure.setPausedHere(paused.getAsBoolean()); // before anybody asks it for messages
            return Service.start(engine, subscription, tenure);
        }
    }
}
