package io.nsqite.bus;

/** Deliveries that are done when the handler returns, unless it has answered them. */
final class DeliveryHandling<T> extends Handling<T> {

    private final Place place;
    private final BusHandler<T> handler;

    DeliveryHandling(Place place, BusHandler<T> handler, Settling settling) {
        super(settling);
        this.place = place;
        this.handler = handler;
    }

    @Override
    void handle(T event, int attempt) {
        OpenDelivery<T> delivery = new OpenDelivery<>(place, event, attempt, settling());
        try {
            handler.handle(event, delivery);
        } catch (Throwable failure) { // an Error of one event must not end the subscription
            delivery.failed(failure);
            return;
        }
        delivery.finishUnlessAnswered();
    }
}
