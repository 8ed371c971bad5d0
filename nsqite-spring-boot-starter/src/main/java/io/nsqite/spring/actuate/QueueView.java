package io.nsqite.spring.actuate;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.bus.EventBus;
import io.nsqite.consumer.Consumer;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.actuate.QueueDescriptor.TopicDescriptor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Describes topics and channels. No look takes longer because more messages wait. */
final class QueueView {

    /** Takes some ten milliseconds for a channel that has so much before it, and twice that if only other topics' messages are. */
    private static final long COUNT_OF_ALL = 10_000;

    private static final long COUNT_OF_ONE = 100_000;

    private final Nsqite nsqite;
    private final @Nullable EventBus bus;
    private final NsqiteListenerRegistry listeners;
    private final DeliveryRates rates;
    private final InstantSource clock;

    QueueView(
            Nsqite nsqite,
            @Nullable EventBus bus,
            NsqiteListenerRegistry listeners,
            DeliveryRates rates,
            InstantSource clock) {
        this.nsqite = nsqite;
        this.bus = bus;
        this.listeners = listeners;
        this.rates = rates;
        this.clock = clock;
    }

    QueueDescriptor queue() {
        Map<String, TopicDescriptor> topics = new TreeMap<>();
        Instant now = clock.instant();
        nsqite.admin().unheardTopics().forEach(topic -> topics.put(topic, new TopicDescriptor(new TreeMap<>())));
        for (ChannelStatus channel : nsqite.admin().channels(COUNT_OF_ALL)) {
            topics.computeIfAbsent(channel.name().topic(), topic -> new TopicDescriptor(new TreeMap<>()))
                    .channels()
                    .put(channel.name().channel(), describe(channel, now));
        }
        return QueueDescriptor.of(
                nsqite.condition(), topics, nsqite.admin().owners(), bus == null ? null : BusDescriptor.of(bus));
    }

    ChannelDescriptor channel(ChannelName name) {
        return nsqite.admin()
                .channel(name, COUNT_OF_ONE)
                .map(channel -> describe(channel, clock.instant()))
                .orElseThrow(() -> noSuchChannel(name));
    }

    /** @throws RequestRefusedException if there is no such channel */
    void requireChannel(ChannelName name) {
        if (nsqite.admin().channel(name, 1).isEmpty()) {
            throw noSuchChannel(name);
        }
    }

    private RequestRefusedException noSuchChannel(ChannelName name) {
        return RequestRefusedException.notFound("There is no channel '%s' of topic '%s'; there are %s"
                .formatted(
                        name.channel(),
                        name.topic(),
                        nsqite.admin().channels(1).stream()
                                .map(ChannelStatus::name)
                                .toList()));
    }

    private ChannelDescriptor describe(ChannelStatus status, Instant now) {
        return ChannelDescriptor.of(status, consumer(status.name()), rates.perSecond(status.name()), now);
    }

    private @Nullable ConsumerDescriptor consumer(ChannelName name) {
        for (Consumer consumer : nsqite.consumers().all()) {
            if (consumer.topic().equals(name.topic()) && consumer.channel().equals(name.channel())) {
                return ConsumerDescriptor.of(consumer, listener(name));
            }
        }
        return null;
    }

    private @Nullable String listener(ChannelName name) {
        for (ListenerStatus listener : listeners.listeners()) {
            if (listener.topic().equals(name.topic()) && listener.channel().equals(name.channel())) {
                return listener.id();
            }
        }
        return null;
    }
}
