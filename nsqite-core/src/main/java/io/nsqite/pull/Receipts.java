package io.nsqite.pull;

import io.nsqite.consumer.LeasedDelivery;
import io.nsqite.message.DeliveryLostException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who holds which message, and for a while who held one. Safe for use by many threads. */
final class Receipts {

    private static final int REMEMBERED = 10_000;

    private final String channel;
    private final Map<Long, Held> held = new HashMap<>();
    private final Map<Receipt, Past> past = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Receipt, Past> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Held(Receipt receipt, LeasedDelivery delivery) {}

    private enum Past {
        ANSWERED,
        EXPIRED
    }

    /** @param channel for errors */
    Receipts(String channel) {
        this.channel = channel;
    }

    /** A receipt for a delivery. */
    synchronized Receipt issue(LeasedDelivery delivery) {
        Receipt receipt = Receipt.of(delivery.message().id());
        held.put(receipt.messageId(), new Held(receipt, delivery));
        return receipt;
    }

    /** Nobody has got it. */
    synchronized void revoke(LeasedDelivery delivery) {
        take(delivery);
    }

    /** The delivery is answered, or its time is over. */
    synchronized void ended(LeasedDelivery delivery) {
        Held ended = take(delivery);
        if (ended != null) {
            past.put(ended.receipt(), delivery.isExpired() ? Past.EXPIRED : Past.ANSWERED);
        }
    }

    private @Nullable Held take(LeasedDelivery delivery) {
        long id = delivery.message().id();
        Held found = held.get(id);
        return found != null && found.delivery() == delivery ? held.remove(id) : null;
    }

    /** The channel is not this process's any more. */
    synchronized void clear() {
        held.clear();
    }

    /**
     * What a receipt stands for.
     *
     * @throws DeliveryLostException if it is unknown or has expired
     * @throws IllegalStateException if it was answered
     */
    synchronized LeasedDelivery find(Receipt receipt) {
        Held found = held.get(receipt.messageId());
        if (found != null && found.receipt().equals(receipt)) {
            return found.delivery();
        }
        Past ended = past.get(receipt);
        if (ended == null) {
            throw new DeliveryLostException(
                    ("%s: the receipt for message %d is unknown: this process did not give it, or it gave up the channel since, or that is"
                                    + " long over; nothing was changed, and what was not answered is handled again")
                            .formatted(channel, receipt.messageId()));
        }
        throw switch (ended) {
            case EXPIRED ->
                new DeliveryLostException(
                        "%s: the receipt for message %d has expired, and the message comes again; answer or extend it within its visibility timeout"
                                .formatted(channel, receipt.messageId()));
            case ANSWERED ->
                new IllegalStateException("%s: message %d has been answered already with this receipt; answer each once"
                        .formatted(channel, receipt.messageId()));
        };
    }
}
