package io.nsqite.spring.remote;

import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.Subscription;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Creates channels without serving them. */
public final class NewChannels {

    private NewChannels() {}

    /** Creates those that are not there yet, all in one transaction, so that they start at the same place. */
    public static void create(Consumers consumers, Collection<ChannelName> names) {
        List<Subscription> subscriptions =
                names.stream().map(NewChannels::unserved).toList();
        if (!subscriptions.isEmpty()) {
            consumers.register(subscriptions).forEach(consumer -> consumers.unregister(consumer, Duration.ZERO));
        }
    }

    /** Never started. */
    private static Subscription unserved(ChannelName name) {
        return new Subscription(name.topic(), name.channel(), ConsumerOptions.defaults(), delivery -> {
            throw new IllegalStateException("%s has no handler".formatted(name));
        });
    }
}
