package io.nsqite.docs;

import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.WhenFull;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

@Component
class PriceChart {

    private final Map<String, Long> latest = new ConcurrentHashMap<>();

    @NsqiteSubscriber(topic = "prices", channel = "chart", queueSize = 10_000, whenFull = WhenFull.DISCARD)
    void draw(PriceChanged event) {
        latest.put(event.name(), event.cents());
    }

    Map<String, Long> latest() {
        return latest;
    }
}
