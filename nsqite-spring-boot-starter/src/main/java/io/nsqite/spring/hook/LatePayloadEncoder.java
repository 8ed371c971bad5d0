package io.nsqite.spring.hook;

import io.nsqite.producer.PayloadEncoder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** The application's encoder, asked for when it is first needed: it may use what waits for the queue's tables. Safe for use by many threads. */
final class LatePayloadEncoder implements PayloadEncoder {

    private final ObjectProvider<ApplicationEncoder> provider;
    private volatile @Nullable PayloadEncoder bean;

    LatePayloadEncoder(ObjectProvider<ApplicationEncoder> provider) {
        this.provider = provider;
    }

    @Override
    public Encoded encode(Object payload) {
        return bean().encode(payload);
    }

    /** Without a lock, as creating beans takes locks of its own; it is the same each time. */
    PayloadEncoder bean() {
        PayloadEncoder known = bean;
        if (known == null) {
            known = provider.getObject().payloadEncoder();
            bean = known;
        }
        return known;
    }
}
