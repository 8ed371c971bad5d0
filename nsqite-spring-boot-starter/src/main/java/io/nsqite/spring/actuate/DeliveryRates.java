package io.nsqite.spring.actuate;

import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.message.Delivery;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** How many messages a second this process handed out to each channel lately. Safe for use by many threads. */
public final class DeliveryRates implements ChannelListener {

    private final Map<ChannelName, DeliveryRate> rates = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** By the time of this machine. */
    public DeliveryRates() {
        this(System::nanoTime);
    }

    DeliveryRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void handedOut(Delivery delivery) {
        ChannelName name = new ChannelName(delivery.message().topic(), delivery.channel());
        rates.computeIfAbsent(name, channel -> new DeliveryRate(nanoTime.getAsLong()))
                .count(nanoTime.getAsLong());
    }

    double perSecond(ChannelName name) {
        DeliveryRate rate = rates.get(name);
        return rate == null ? 0 : rate.perSecond(nanoTime.getAsLong());
    }
}
