package io.nsqite.spring.logging;

import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.message.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts the message that is being handled into the diagnostic context of the handler's thread, so that each log line can tell of it:
 *
 * <pre>{@code
 * logging.pattern.correlation=[%X{nsqite.topic:-}.%X{nsqite.channel:-} %X{nsqite.message.id:-}]
 * }</pre>
 *
 * <p>With a batch of several messages there are topic and channel only. What was there before is there again afterwards.
 */
public final class DeliveryMdc implements DeliveryInterceptor {

    /** The topic. */
    public static final String TOPIC = "nsqite.topic";

    /** The channel. */
    public static final String CHANNEL = "nsqite.channel";

    /** The id of the message. */
    public static final String MESSAGE_ID = "nsqite.message.id";

    /** Which execution this is, from 1. */
    public static final String ATTEMPT = "nsqite.attempt";

    @Override
    public void around(List<Delivery> deliveries, Handling handling) throws Exception {
        Delivery first = deliveries.get(0);
        String topic = put(TOPIC, first.message().topic());
        String channel = put(CHANNEL, first.channel());
        try {
            if (deliveries.size() == 1) {
                proceed(first, handling);
            } else {
                handling.proceed();
            }
        } finally {
            restore(CHANNEL, channel);
            restore(TOPIC, topic);
        }
    }

    private static void proceed(Delivery delivery, Handling handling) throws Exception {
        String id = put(MESSAGE_ID, Long.toString(delivery.message().id()));
        String attempt = put(ATTEMPT, Integer.toString(delivery.attempt()));
        try {
            handling.proceed();
        } finally {
            restore(ATTEMPT, attempt);
            restore(MESSAGE_ID, id);
        }
    }

    /** What was there before. */
    private static @Nullable String put(String key, String value) {
        String before = MDC.get(key);
        MDC.put(key, value);
        return before;
    }

    private static void restore(String key, @Nullable String before) {
        if (before == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, before);
        }
    }
}
