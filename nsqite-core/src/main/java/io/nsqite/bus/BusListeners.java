package io.nsqite.bus;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All who hear of subscriptions. */
final class BusListeners implements BusListener {

    private static final Logger log = LoggerFactory.getLogger(BusListeners.class);

    private final List<BusListener> all;

    BusListeners(List<BusListener> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void subscribed(BusSubscription subscription) {
        tell(listener -> listener.subscribed(subscription));
    }

    @Override
    public void ended(BusSubscription subscription) {
        tell(listener -> listener.ended(subscription));
    }

    private void tell(Consumer<BusListener> news) {
        for (BusListener listener : all) {
            try {
                news.accept(listener);
            } catch (Throwable failure) { // it is the application's, and has no say
                log.error("A listener of the event bus failed: {}", listener, failure);
            }
        }
    }
}
