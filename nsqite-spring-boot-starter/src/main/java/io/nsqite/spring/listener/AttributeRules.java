package io.nsqite.spring.listener;

import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;
import java.util.Set;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Which attributes of an annotation exclude or need each other. */
final class AttributeRules {

    private static final Set<Propagation> OUTSIDE =
            Set.of(Propagation.REQUIRES_NEW, Propagation.NOT_SUPPORTED, Propagation.NEVER);

    private final AnnotatedListener listener;
    private final NsqiteListener annotation;

    private AttributeRules(AnnotatedListener listener) {
        this.listener = listener;
        this.annotation = listener.annotation();
    }

    /**
     * Checks them.
     *
     * @param settings of the annotation and its properties
     */
    static void check(AnnotatedListener found, ListenerSettings settings) {
        AttributeRules rules = new AttributeRules(found);
        rules.checkTransaction();
        rules.checkOrder(settings);
    }

    private void checkTransaction() {
        if (annotation.transactional() && listener.isManual()) {
            throw invalid(
                    "has both ackMode = MANUAL and transactional = true",
                    "Leave one of them: a transactional listener's acknowledgement commits with its transaction");
        }
        if (!annotation.transactional() && !annotation.transactionManager().isEmpty()) {
            throw invalid(
                    "has transactionManager = \"%s\", but is not transactional"
                            .formatted(annotation.transactionManager()),
                    "Add transactional = true, or remove the manager");
        }
        if (annotation.transactional()) {
            checkPropagation();
        }
    }

    /** What a transaction of its own commits would stay when the acknowledgement rolls back. */
    private void checkPropagation() {
        Transactional own = listener.own(Transactional.class);
        if (own != null && OUTSIDE.contains(own.propagation())) {
            throw invalid(
                    "has transactional = true, but is @Transactional(propagation = %s) as well, so its writes would not commit with its acknowledgement"
                            .formatted(own.propagation()),
                    "Remove the propagation, or the whole @Transactional");
        }
    }

    private void checkOrder(ListenerSettings settings) {
        Integer batchSize = settings.batchSize();
        if (annotation.ordered() && batchSize != null && batchSize > 1) {
            throw invalid(
                    "has both ordered = true and batchSize = " + batchSize,
                    "Leave one of them: an ordered listener handles the messages of a key one at a time");
        }
    }

    private InvalidListenerException invalid(String problem, String action) {
        return new InvalidListenerException(listener.name(), problem, action);
    }
}
