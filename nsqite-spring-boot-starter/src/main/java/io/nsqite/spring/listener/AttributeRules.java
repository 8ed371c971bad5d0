package io.nsqite.spring.listener;

import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/** Which attributes of an annotation exclude or need each other. */
final class AttributeRules {

    private static final Set<Propagation> OUTSIDE =
            EnumSet.of(Propagation.REQUIRES_NEW, Propagation.NOT_SUPPORTED, Propagation.NEVER);

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
        TransactionAttribute own = annotations().getTransactionAttribute(listener.invoked(), listener.beanClass());
        for (Propagation outside : OUTSIDE) {
            if (own != null && own.getPropagationBehavior() == outside.value()) {
                throw invalid(
                        "has transactional = true, but its own @Transactional says %s, so its writes would not commit with its acknowledgement"
                                .formatted(outside),
                        "Remove that from the @Transactional, or the whole annotation");
            }
        }
    }

    /**
     * As Spring's proxies see annotations, its own and those of jakarta.transaction. Not to be kept: it remembers the classes it was asked
     * about, which a restart of the application in the same JVM is to get rid of.
     */
    private static TransactionAttributeSource annotations() {
        return new AnnotationTransactionAttributeSource(false);
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
