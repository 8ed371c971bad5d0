package io.nsqite.bus;

/** The handler gets events alone, so nothing is made for them unless they fail. */
final class EventHandling<T> extends Handling<T> {

    private final EventHandler<T> handler;

    EventHandling(EventHandler<T> handler, Settling settling) {
        super(settling);
        this.handler = handler;
    }

    @Override
    void handle(T event, int attempt) {
        try {
            handler.handle(event);
        } catch (Throwable failure) { // an Error of one event must not end the subscription
            settling().failed(event, attempt, failure);
            return;
        }
        settling().succeeded();
    }
}
