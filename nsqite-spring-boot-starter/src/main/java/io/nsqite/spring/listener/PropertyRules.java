package io.nsqite.spring.listener;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.spring.InvalidListenerException;

/**
 * Refuses properties of a single listener that mean nothing to it, whether it is annotated or registered in code: whoever set
 * them believes that they do something.
 *
 * @param name the listener, for messages
 * @param id its name in the properties
 * @param own its properties
 */
record PropertyRules(String name, String id, ListenerSettings own) {

    /** @param wanted how the listener itself wants to consume */
    void checkModes(ConsumerOptions wanted) {
        if (own.ackLease() != null && wanted.ackMode() != AckMode.MANUAL) {
            throw meaningless("ack-lease", "acknowledges automatically", "let it acknowledge by hand: AckMode.MANUAL");
        }
        if (own.holdKeyBehindDeadLetter() != null && wanted.keyOrder() == KeyOrder.NONE) {
            throw meaningless("hold-key-behind-dead-letter", "is not ordered", "let it be ordered");
        }
    }

    /** For a listener that takes one message at a time. */
    void checkSingle() {
        if (own.batchSize() != null) {
            throw meaningless(
                    "batch-size", "takes one message at a time", "let it take several, and give it a batchSize");
        }
    }

    private InvalidListenerException meaningless(String property, String reason, String alternative) {
        return new InvalidListenerException(
                name,
                "has the property nsqite.listeners[%s].%s, but %s".formatted(id, property, reason),
                "Remove the property, or " + alternative);
    }
}
