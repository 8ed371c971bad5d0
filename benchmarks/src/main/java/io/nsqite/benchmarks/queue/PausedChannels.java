package io.nsqite.benchmarks.queue;

import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.MessageHandler;
import java.util.List;
import java.util.stream.IntStream;

/** Channels of one topic that are served, but paused by an operator. */
final class PausedChannels {

    private final CoreQueue queue;
    private final List<ChannelName> names;

    private PausedChannels(CoreQueue queue, List<ChannelName> names) {
        this.queue = queue;
        this.names = names;
    }

    /** Serves so many with one handler. */
    static PausedChannels serve(CoreQueue queue, int channels, MessageHandler handler) {
        List<ChannelName> names = IntStream.range(0, channels)
                .mapToObj(i -> new ChannelName(Names.TOPIC, "channel-" + i))
                .toList();
        List<Consumer> consumers = queue.register(names, handler);
        names.forEach(queue.admin()::pause);
        consumers.forEach(Consumer::start);
        return new PausedChannels(queue, names);
    }

    /** Has all of them go on. */
    void resume() {
        names.forEach(queue.admin()::resume);
    }
}
