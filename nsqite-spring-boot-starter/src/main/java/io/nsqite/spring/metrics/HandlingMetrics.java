package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Clock;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.message.Delivery;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Measures how long handlers take. */
final class HandlingMetrics implements DeliveryInterceptor {

    private final Meters meters;
    private final Clock clock;

    HandlingMetrics(Meters meters) {
        this.meters = meters;
        clock = meters.registry().config().clock();
    }

    @Override
    public void around(List<Delivery> deliveries, Handling handling) throws Exception {
        long start = clock.monotonicTime();
        try {
            handling.proceed();
        } finally {
            Delivery first = deliveries.get(0);
            meters.of(first.message().topic(), first.channel())
                    .handling()
                    .record(clock.monotonicTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
