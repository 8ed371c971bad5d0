package io.nsqite.spring.listener;

import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;

/** Which attributes of an annotation, and which properties of its listener, exclude or need each other. */
final class AttributeRules {

    private final AnnotatedListener listener;
    private final String id;
    private final NsqiteListener annotation;

    private AttributeRules(AnnotatedListener listener, String id) {
        this.listener = listener;
        this.id = id;
        this.annotation = listener.annotation();
    }

    /**
     * Checks them.
     *
     * @param annotated the settings of the annotation
     * @param own the properties of this listener alone
     */
    static void check(AnnotatedListener found, String id, ListenerSettings annotated, ListenerSettings own) {
        AttributeRules rules = new AttributeRules(found, id);
        rules.checkTransaction();
        rules.checkOrder(annotated, own);
        rules.checkProperties(annotated, own);
    }

    private void checkTransaction() {
        refuse(
                annotation.transactional() && listener.isManual(),
                "has both ackMode = MANUAL and transactional = true",
                "Leave one of them: a transactional listener's acknowledgement commits with its transaction");
        refuse(
                !annotation.transactional() && !annotation.transactionManager().isEmpty(),
                "has transactionManager = \"%s\", but is not transactional".formatted(annotation.transactionManager()),
                "Add transactional = true, or remove the manager");
    }

    private void checkOrder(ListenerSettings annotated, ListenerSettings own) {
        Integer batchSize = own.orElse(annotated).batchSize();
        refuse(
                annotation.ordered() && batchSize != null && batchSize > 1,
                "has both ordered = true and batchSize = " + batchSize,
                "Leave one of them: an ordered listener handles the messages of a key one at a time");
    }

    private void checkProperties(ListenerSettings annotated, ListenerSettings own) {
        refuse(
                own.batchSize() != null && annotated.batchSize() == null,
                "has the property %s, but no batchSize: it takes one message at a time"
                        .formatted(property("batch-size")),
                "Remove the property, or let the method take a List and give it a batchSize");
        refuse(
                own.ackLease() != null && !listener.isManual(),
                "has the property %s, but acknowledges automatically".formatted(property("ack-lease")),
                "Remove the property, or use ackMode = MANUAL");
        refuse(
                own.holdKeyBehindDeadLetter() != null && !annotation.ordered(),
                "has the property %s, but is not ordered".formatted(property("hold-key-behind-dead-letter")),
                "Remove the property, or use ordered = true");
    }

    private String property(String property) {
        return "nsqite.listeners[%s].%s".formatted(id, property);
    }

    private void refuse(boolean wrong, String problem, String action) {
        if (wrong) {
            throw new InvalidListenerException(listener.name(), problem, action);
        }
    }
}
