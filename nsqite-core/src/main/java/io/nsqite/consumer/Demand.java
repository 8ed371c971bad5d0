package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import java.util.Collection;
import java.util.List;

/**
 * Who asks for the messages of a channel, instead of handling them whenever there are some. A subscription whose handler is one has a single
 * thread, which hands out as many as are wanted and nothing that nobody wants; with {@link AckMode#MANUAL}, as nothing but an
 * answer, or the end of a lease, ends a delivery.
 *
 * <p>For the queue's own faces.
 */
public interface Demand extends BatchHandler {

    /** The channel's side: what a demand can do while this process serves the channel. Does nothing afterwards. */
    interface Source {

        /** More is wanted than before. */
        void wanted();

        /**
         * Acknowledges with one commit.
         *
         * @throws IllegalStateException if some can't be acknowledged; the others are
         */
        void finish(Collection<LeasedDelivery> deliveries);

        /** Deliveries that nobody has begun to handle come again in their order, as if they had not been handed out. */
        void giveBack(List<LeasedDelivery> deliveries);
    }

    /** This process serves the channel from now on. Called with a lock of the engine held: must be quick, and call nothing of it. */
    void begin(Source source);

    /** How many messages are wanted. Called with a lock of the engine held, as above. */
    int wanted();

    /**
     * Takes messages, up to as many as were wanted; called by the channel's thread, inside of the interceptors. What it throws is the
     * failure of those that have no answer.
     *
     * @param deliveries each is a {@link LeasedDelivery}, which has no lease yet
     */
    @Override
    void handle(List<Delivery> deliveries);

    /** The channel's thread looks what there is, for those who have asked so far. Called with a lock of the engine held, as above. */
    void looking();

    /** It has found nothing for them, and begins to wait. Called with a lock of the engine held, as above. */
    void nothing();

    /** A delivery is answered, or its lease is over. Called with a lock of the engine held, as above. */
    void ended(LeasedDelivery delivery);

    /** Nothing more is handed out, though answers may still be taken. Called with a lock of the engine held, as above. */
    void stopping();

    /** This process does not serve the channel any more, and what is not answered is lost. Called with a lock of the engine held, as above. */
    void end();
}
