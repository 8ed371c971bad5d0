package io.nsqite.spring.http;

import io.nsqite.admin.ChannelName;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The channels that are served through HTTP here, each with a lock of its own. Safe for use by many threads. */
final class ServedChannels {

    private final Map<ChannelName, ServedChannel> channels = new ConcurrentHashMap<>();

    /** What serves a channel now. */
    @Nullable
    OpenConsumer open(ChannelName name) {
        ServedChannel channel = channels.get(name);
        return channel == null ? null : channel.open();
    }

    /** Does something while nobody else opens or closes what serves the channel. */
    <T> T locked(ChannelName name, Function<ServedChannel, T> action) {
        while (true) {
            ServedChannel channel = channels.computeIfAbsent(name, unused -> new ServedChannel());
            channel.lock();
            try {
                if (!channel.isForgotten()) {
                    return action.apply(channel);
                }
            } finally {
                end(name, channel);
            }
        }
    }

    /** Does something with each channel that is served, with its lock held. */
    void each(BiConsumer<ChannelName, ServedChannel> action) {
        channels.forEach((name, channel) -> {
            channel.lock();
            act(name, channel, action);
        });
    }

    /** The same, without those that somebody is opening or closing. */
    void eachAtRest(BiConsumer<ChannelName, ServedChannel> action) {
        channels.forEach((name, channel) -> {
            if (channel.tryLock()) {
                act(name, channel, action);
            }
        });
    }

    private void act(ChannelName name, ServedChannel channel, BiConsumer<ChannelName, ServedChannel> action) {
        try {
            action.accept(name, channel);
        } finally {
            end(name, channel);
        }
    }

    /** What is not served is not kept, so that nobody can fill the memory with names. */
    private void end(ChannelName name, ServedChannel channel) {
        if (channel.open() == null) {
            channel.forget();
            channels.remove(name, channel);
        }
        channel.unlock();
    }
}
