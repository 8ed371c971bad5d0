package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nsqite.bus.BusListener;
import io.nsqite.bus.BusSubscription;
import io.nsqite.bus.EventBus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The meters of subscriptions, which come and go with them. They read what the bus counts anyhow, so events cost nothing more. Safe for use by
 * many threads.
 */
public final class BusMetrics implements BusListener {

    private final MeterRegistry registry;
    private final Map<BusSubscription, List<Meter>> meters = new ConcurrentHashMap<>();

    /** In a registry. */
    public BusMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** How many events nobody has heard. */
    public static void bindUnheard(EventBus bus, MeterRegistry registry) {
        FunctionCounter.builder(BusMeter.UNHEARD.getName(), bus, EventBus::unheard)
                .baseUnit(BusMeter.UNHEARD.getBaseUnit())
                .description(BusMeter.UNHEARD.description())
                .register(registry);
    }

    @Override
    public void subscribed(BusSubscription subscription) {
        List<Meter> own = new ArrayList<>();
        for (BusMeter meter : EnumSet.complementOf(EnumSet.of(BusMeter.UNHEARD))) {
            own.add(register(meter, subscription));
        }
        meters.put(subscription, own);
    }

    private Meter register(BusMeter meter, BusSubscription subscription) {
        Tags tags = Tags.of(
                QueueMeter.Key.TOPIC.asString(), subscription.topic(),
                QueueMeter.Key.CHANNEL.asString(), subscription.channel());
        if (meter.getType() == Meter.Type.COUNTER) {
            return FunctionCounter.builder(meter.getName(), subscription, it -> meter.of(it.status()))
                    .tags(tags)
                    .baseUnit(meter.getBaseUnit())
                    .description(meter.description())
                    .register(registry);
        }
        return Gauge.builder(meter.getName(), subscription, it -> meter.of(it.status()))
                .tags(tags)
                .baseUnit(meter.getBaseUnit())
                .description(meter.description())
                .strongReference(true)
                .register(registry);
    }

    @Override
    public void ended(BusSubscription subscription) {
        List<Meter> own = meters.remove(subscription);
        if (own != null) {
            own.forEach(registry::remove);
        }
    }
}
