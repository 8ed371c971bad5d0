package io.nsqite.producer;

import io.nsqite.message.NewMessage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a message is to be delivered. Parts of a millisecond are rounded up, so that nothing comes too early. */
final class DeliveryTime {

    private static final long ALMOST_A_MILLISECOND = 999_999;

    private DeliveryTime() {}

    /**
     * In milliseconds since 1970; null for at once, also if the time has passed.
     *
     * @param now when the publisher called
     * @throws IllegalArgumentException if the delay ends later than can be counted in milliseconds
     */
    static @Nullable Long of(NewMessage message, long now) {
        Instant deliverAt = message.deliverAt();
        if (deliverAt != null) {
            long at = deliverAt.plusNanos(ALMOST_A_MILLISECOND).toEpochMilli();
            return at <= now ? null : at;
        }
        Duration delay = message.delay();
        return delay == null || delay.isZero() ? null : endOf(delay, now);
    }

    private static long endOf(Duration delay, long now) {
        try {
            return Math.addExact(now, delay.plusNanos(ALMOST_A_MILLISECOND).toMillis());
        } catch (ArithmeticException tooLate) {
            throw new IllegalArgumentException(
                    "The delay of a message must end at a time that can be counted in milliseconds since 1970, but was "
                            + delay,
                    tooLate);
        }
    }
}
