package io.nsqite.spring.observation;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.nsqite.message.Delivery;
import java.util.List;
import java.util.Map;

/**
 * Handling by one call. Its carrier are the headers of the message, which link the handler to the call that published it, in whatever process and
 * however long ago. A batch of several has no carrier, as no message of it stands for the others.
 */
public class ProcessContext extends ReceiverContext<Map<String, String>> {

    private final List<Delivery> deliveries;

    ProcessContext(List<Delivery> deliveries) {
        super((headers, key) -> headers.get(key), Kind.CONSUMER);
        this.deliveries = deliveries;
        setCarrier(deliveries.size() == 1 ? deliveries.get(0).message().headers() : Map.of());
    }

    /** What is handled: one, or with batches several. */
    public List<Delivery> deliveries() {
        return deliveries;
    }
}
