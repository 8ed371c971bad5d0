package io.nsqite.pull;

import io.nsqite.consumer.Demand;
import io.nsqite.consumer.LeasedDelivery;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the messages of a channel to those who wait for them, the first first. */
final class Handover implements Demand {

    private final Requests requests;
    private final Receipts receipts;
    private final Events events;
    private volatile @Nullable Source source;

    /** Told with a lock of the engine held: must be quick, and call nothing of it. */
    interface Events {

        /** Nothing was there for those who have asked so far. */
        void nothing();

        /** This process does not hand out anything any more, or not at the moment. */
        void over();

        /** A request is in the line again, without an answer. Called without any lock held. */
        void isBack(Request request);
    }

    Handover(Requests requests, Receipts receipts, Events events) {
        this.requests = requests;
        this.receipts = receipts;
        this.events = events;
    }

    /** More is wanted than before; without any lock held. */
    void askFor() {
        Source current = source;
        if (current != null) {
            current.wanted();
        }
    }

    /** Acknowledges with one commit. */
    void finish(Collection<LeasedDelivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        Source current = source;
        if (current == null) { // lost after they were found
            throw new DeliveryLostException(
                    "%d messages can't be finished: the channel was given up just now; nothing was changed, and they are handled again"
                            .formatted(deliveries.size()));
        }
        current.finish(deliveries);
    }

    /** Who has received them does not want them after all. */
    void giveBack(List<LeasedDelivery> deliveries) {
        Source current = source;
        if (current != null) {
            deliveries.forEach(receipts::revoke);
            current.giveBack(deliveries);
        }
    }

    @Override
    public void begin(Source newSource) {
        source = newSource;
    }

    @Override
    public int wanted() {
        return requests.wanted();
    }

    @Override
    public void handle(List<Delivery> deliveries) {
        List<LeasedDelivery> left =
                deliveries.stream().map(LeasedDelivery.class::cast).toList();
        Request request = requests.poll();
        while (request != null && !left.isEmpty()) {
            List<LeasedDelivery> part = left.subList(0, Math.min(request.max(), left.size()));
            if (give(request, part)) {
                left = left.subList(part.size(), left.size());
            }
            request = left.isEmpty() ? null : requests.poll();
        }
        if (!left.isEmpty()) {
            giveBack(left);
        }
    }

    /** False if the request has ended meanwhile, so that they are for somebody else. */
    private boolean give(Request request, List<LeasedDelivery> part) {
        List<PulledMessage> messages = new ArrayList<>(part.size());
        for (LeasedDelivery delivery : part) {
            if (begins(delivery, request)) {
                Receipt receipt = receipts.issue(delivery);
                messages.add(
                        new PulledMessage(delivery.message(), receipt, delivery.attempt(), delivery.lastAttempt()));
            }
        }
        if (messages.isEmpty()) {
            requests.addAgain(request);
            events.isBack(request);
            return true;
        }
        boolean isGiven = request.answer(List.copyOf(messages));
        if (!isGiven) {
            part.forEach(receipts::revoke);
        }
        return isGiven;
    }

    /** Not if the channel is lost, which takes all messages along, or an earlier, short lease is over. */
    private static boolean begins(LeasedDelivery delivery, Request request) {
        try {
            delivery.lease(request.visibilityTimeout());
            return true;
        } catch (IllegalStateException lost) {
            return false;
        }
    }

    @Override
    public void looking() {
        requests.looking();
    }

    @Override
    public void nothing() {
        events.nothing();
    }

    @Override
    public void ended(LeasedDelivery delivery) {
        receipts.ended(delivery);
    }

    @Override
    public void stopping() {
        events.over();
    }

    @Override
    public void end() {
        source = null;
        receipts.clear();
        events.over();
    }
}
