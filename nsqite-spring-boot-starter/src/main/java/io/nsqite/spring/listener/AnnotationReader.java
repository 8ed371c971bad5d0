package io.nsqite.spring.listener;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.consumer.StartPosition;
import io.nsqite.spring.NsqiteListener;
import org.springframework.util.StringValueResolver;

/** Reads an annotation with its placeholders and expressions resolved. */
final class AnnotationReader {

    private final AnnotatedListener listener;
    private final NsqiteListener annotation;
    private final Attributes attributes;

    AnnotationReader(AnnotatedListener listener, StringValueResolver resolver) {
        this.listener = listener;
        this.annotation = listener.annotation();
        this.attributes = new Attributes(listener.name(), resolver);
    }

    String topic() {
        return attributes.text("topic", annotation.topic());
    }

    String channel() {
        return attributes.text("channel", annotation.channel());
    }

    String id() {
        String id = attributes.text("id", annotation.id());
        return id.isEmpty() ? topic() + "." + channel() : id;
    }

    ListenerSettings settings() {
        return new ListenerSettings(
                attributes.bool("autoStartup", annotation.autoStartup()),
                attributes.number("concurrency", annotation.concurrency(), annotation.concurrencyString()),
                attributes.number("maxAttempts", annotation.maxAttempts(), annotation.maxAttemptsString()),
                attributes.number("batchSize", annotation.batchSize(), annotation.batchSizeString()),
                null,
                null,
                attributes.failures(annotation.retryFor()),
                attributes.failures(annotation.noRetryFor()),
                attributes.beanName("errorHandler", annotation.errorHandler()),
                attributes.backoff(annotation.backoff()));
    }

    /** What properties can't say: they have no part in how the method is written. */
    ConsumerOptions options() {
        return ConsumerOptions.defaults()
                .withStartFrom(startFrom())
                .withAckMode(listener.isManual() ? AckMode.MANUAL : AckMode.AUTO)
                .withKeyOrder(annotation.ordered() ? KeyOrder.SKIP_DEAD : KeyOrder.NONE);
    }

    String transactionManager() {
        return attributes.text("transactionManager", annotation.transactionManager());
    }

    private StartPosition startFrom() {
        return switch (annotation.startFrom()) {
            case DEFAULT -> StartPosition.DEFAULT;
            case EARLIEST -> StartPosition.EARLIEST;
            case LATEST -> StartPosition.LATEST;
        };
    }
}
