package io.nsqite.docs;

import io.nsqite.bus.EventBus;
import org.springframework.stereotype.Component;

@Component
class PriceFeed {

    private final EventBus bus;

    PriceFeed(EventBus bus) {
        this.bus = bus;
    }

    void changed(String name, long cents) {
        bus.publish("prices", new PriceChanged(name, cents));
    }
}
