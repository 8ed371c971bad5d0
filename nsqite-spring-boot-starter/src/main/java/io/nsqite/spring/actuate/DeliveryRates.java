package io.nsqite.spring.actuate;

import io.nsqite.NsqiteBuilder;
import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.message.Delivery;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * How many messages a second this process handed out to each channel lately. Safe for use by many threads. It has a listener and is none: beans that
 * are one are the application's, and brought into the queue as such.
 */
public final class DeliveryRates implements NsqiteBuilderCustomizer {

    private final Map<ChannelName, DeliveryRate> rates = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** By the time of this machine. */
    public DeliveryRates() {
        this(System::nanoTime);
    }

    /** By a clock of nanoseconds, which begins anywhere and never goes back. */
    public DeliveryRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void customize(NsqiteBuilder builder) {
        builder.channelListener(new ChannelListener() {
            @Override
            public void handedOut(Delivery delivery) {
                count(new ChannelName(delivery.message().topic(), delivery.channel()));
            }
        });
    }

    void count(ChannelName name) {
        rates.computeIfAbsent(name, channel -> new DeliveryRate(nanoTime.getAsLong()))
                .count(nanoTime.getAsLong());
    }

    double perSecond(ChannelName name) {
        DeliveryRate rate = rates.get(name);
        return rate == null ? 0 : rate.perSecond(nanoTime.getAsLong());
    }
}
