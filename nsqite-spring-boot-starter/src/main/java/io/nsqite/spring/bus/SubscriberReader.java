package io.nsqite.spring.bus;

import io.nsqite.bus.OverflowPolicy;
import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.listener.AnnotatedBean;
import io.nsqite.spring.listener.Attributes;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringValueResolver;

/** Reads an annotation with its placeholders and expressions resolved. */
final class SubscriberReader {

    private final NsqiteSubscriber annotation;
    private final Attributes attributes;

    SubscriberReader(AnnotatedBean<NsqiteSubscriber> found, StringValueResolver resolver) {
        this.annotation = found.annotation();
        this.attributes = new Attributes(found.name(), resolver);
    }

    String topic() {
        return attributes.text("topic", annotation.topic());
    }

    String channel() {
        return attributes.text("channel", annotation.channel());
    }

    SubscriberSettings settings() {
        return new SubscriberSettings(
                attributes.bool("autoStartup", annotation.autoStartup()),
                attributes.number("concurrency", annotation.concurrency(), annotation.concurrencyString()),
                attributes.number("queueSize", annotation.queueSize(), annotation.queueSizeString()),
                whenFull(),
                attributes.number("maxAttempts", annotation.maxAttempts(), annotation.maxAttemptsString()),
                null,
                null,
                attributes.failures(annotation.retryFor()),
                attributes.failures(annotation.noRetryFor()),
                attributes.beanName("errorHandler", annotation.errorHandler()),
                attributes.backoff(annotation.backoff()));
    }

    private @Nullable OverflowPolicy whenFull() {
        return switch (annotation.whenFull()) {
            case DEFAULT -> null;
            case BLOCK -> OverflowPolicy.BLOCK;
            case DISCARD -> OverflowPolicy.DISCARD;
        };
    }
}
