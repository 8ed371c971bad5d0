package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.Consumers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The gauges of channels in one registry, which come and go with the channels. Safe for use by many threads. */
final class ChannelBoard {

    private final MeterRegistry registry;
    private final BoundedTags tags;
    private final ChannelReadings readings;
    private final Consumers consumers;
    private final Consumer<ChannelName> whenGone;
    private final Map<ChannelName, List<Meter>> gauges = new ConcurrentHashMap<>();
    private volatile @Nullable Map<ChannelName, ChannelReading> shown;

    /** @param whenGone told of each channel that there is no more */
    ChannelBoard(
            MeterRegistry registry,
            BoundedTags tags,
            ChannelReadings readings,
            Consumers consumers,
            Consumer<ChannelName> whenGone) {
        this.registry = registry;
        this.tags = tags;
        this.readings = readings;
        this.consumers = consumers;
        this.whenGone = whenGone;
        Gauge.builder(QueueMeter.CHANNELS.getName(), this::count)
                .baseUnit(QueueMeter.CHANNELS.getBaseUnit())
                .description(QueueMeter.CHANNELS.description())
                .register(registry);
    }

    /** Shows the channels that are served here, without looking into the database. */
    void showConsumers() {
        consumers.all().forEach(consumer -> show(nameOf(consumer)));
    }

    private double count() {
        Map<ChannelName, ChannelReading> latest = latest();
        return latest == null ? Double.NaN : latest.size();
    }

    @SuppressWarnings("ReferenceEquality") // the same map until somebody has looked again
    private @Nullable Map<ChannelName, ChannelReading> latest() {
        Map<ChannelName, ChannelReading> latest = readings.latest();
        if (latest != null && latest != shown) {
            shown = latest;
            latest.keySet().forEach(this::show);
            gauges.keySet().stream().filter(name -> isGone(name, latest)).forEach(this::remove);
        }
        return latest;
    }

    private boolean isGone(ChannelName name, Map<ChannelName, ChannelReading> latest) {
        return !latest.containsKey(name)
                && consumers.all().stream()
                        .noneMatch(consumer -> nameOf(consumer).equals(name));
    }

    /** Channels that share a tag can't be told apart, so they are not shown. */
    private void show(ChannelName name) {
        if (tags.areOwn(name)) {
            gauges.computeIfAbsent(name, this::register);
        }
    }

    private List<Meter> register(ChannelName name) {
        return List.of(
                gauge(QueueMeter.LAG, name, reading(name, ChannelReading::lag)),
                gauge(QueueMeter.DEAD_LETTERS, name, reading(name, ChannelReading::dead)),
                gauge(QueueMeter.OLDEST_AGE, name, reading(name, this::oldestAge)),
                gauge(QueueMeter.IN_FLIGHT, name, () -> inFlight(name)));
    }

    private Meter gauge(QueueMeter meter, ChannelName name, DoubleSupplier value) {
        return Gauge.builder(meter.getName(), value::getAsDouble)
                .tags(Tags.of(
                        QueueMeter.Key.TOPIC.asString(), name.topic(),
                        QueueMeter.Key.CHANNEL.asString(), name.channel()))
                .baseUnit(meter.getBaseUnit())
                .description(meter.description())
                .register(registry);
    }

    private DoubleSupplier reading(ChannelName name, ToDoubleFunction<ChannelReading> part) {
        return () -> {
            Map<ChannelName, ChannelReading> latest = latest();
            ChannelReading reading = latest == null ? null : latest.get(name);
            return reading == null ? Double.NaN : part.applyAsDouble(reading);
        };
    }

    private double oldestAge(ChannelReading reading) {
        return reading.oldestAge(registry.config().clock().wallTime());
    }

    private double inFlight(ChannelName name) {
        return consumers.all().stream()
                .filter(consumer -> nameOf(consumer).equals(name))
                .mapToInt(io.nsqite.consumer.Consumer::inFlight)
                .sum();
    }

    private void remove(ChannelName name) {
        List<Meter> removed = gauges.remove(name);
        if (removed != null) {
            removed.forEach(registry::remove);
            whenGone.accept(name);
        }
    }

    private static ChannelName nameOf(io.nsqite.consumer.Consumer consumer) {
        return new ChannelName(consumer.topic(), consumer.channel());
    }
}
