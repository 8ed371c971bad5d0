package io.nsqite.consumer;

import io.nsqite.store.ChannelStore;
import io.nsqite.store.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a channel back, so that others can take it at once. */
final class GivingBack {

    private static final Logger log = LoggerFactory.getLogger(GivingBack.class);

    private GivingBack() {}

    /**
     * Has it written.
     *
     * @param unsettled how many messages the next owner must suspect
     * @param onEnd called when it is written, or was refused
     */
    static void submit(Engine engine, Claim claim, RetryClock clock, int unsettled, Runnable onEnd) {
        engine.database()
                .writer()
                .submit(
                        transaction -> {
                            ChannelStore channels = engine.store().channels();
                            channels.setClocks(transaction, claim, clock.read());
                            channels.release(transaction, claim, unsettled);
                            return claim;
                        },
                        (done, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{}: the channel could not be given back; it is free when this process ends, and what was in hand"
                                                + " is handled again",
                                        claim,
                                        failure);
                            }
                            onEnd.run();
                        });
    }
}
