package io.nsqite.bus;

/** Deliveries that stay open until they are answered, or their leases pass. */
final class ManualHandling<T> extends Handling<T> {

    private final Place place;
    private final BusHandler<T> handler;
    private final Leases leases;

    ManualHandling(Place place, BusHandler<T> handler, Settling settling, Leases leases) {
        super(settling);
        this.place = place;
        this.handler = handler;
        this.leases = leases;
    }

    @Override
    void handle(T event, int attempt) {
        OpenDelivery<T> delivery = new LeasedDelivery<>(place, event, attempt, settling(), leases);
        leases.begin(delivery);
        try {
            handler.handle(event, delivery);
        } catch (Throwable failure) { // an Error of one event must not end the subscription
            delivery.failed(failure);
        }
    }

    @Override
    void awaitHand() {
        leases.await();
    }

    @Override
    void giveBackHand() {
        leases.giveBack();
    }

    @Override
    boolean awaitAnswers(long deadline) throws InterruptedException {
        return leases.awaitNone(deadline);
    }

    @Override
    void abandon() {
        leases.abandon();
    }

    @Override
    int inHand(int busy) {
        return leases.open();
    }
}
