package io.nsqite.spring.listener;

import io.nsqite.spring.AckMode;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;

/** Refuses what the annotation has but the library can't do yet, rather than ignore it. */
final class UnsupportedAttributes {

    private UnsupportedAttributes() {}

    static void refuse(AnnotatedListener listener) {
        NsqiteListener annotation = listener.annotation();
        refuseIf(annotation.ackMode() != AckMode.AUTO, "ackMode = " + annotation.ackMode(), listener);
        refuseIf(annotation.transactional(), "transactional = true", listener);
        refuseIf(!annotation.transactionManager().isEmpty(), "transactionManager", listener);
        refuseIf(annotation.ordered(), "ordered = true", listener);
        refuseIf(annotation.batchSize() != NsqiteListener.UNSET, "batchSize", listener);
        refuseIf(!annotation.batchSizeString().isEmpty(), "batchSizeString", listener);
    }

    private static void refuseIf(boolean given, String attribute, AnnotatedListener listener) {
        if (given) {
            throw new InvalidListenerException(
                    listener.name(),
                    "has %s, which this version does not support yet".formatted(attribute),
                    "Remove the attribute");
        }
    }
}
