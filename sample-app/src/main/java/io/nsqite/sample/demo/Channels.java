package io.nsqite.sample.demo;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Consumers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The channels that this process serves.
 *
 * @param consumers who serves them
 * @param admin looks at them
 * @param signsOfLife grows while handlers are called
 */
record Channels(Consumers consumers, QueueAdmin admin, LongSupplier signsOfLife) {

    private static final Duration TAKEOVER_LIMIT = Duration.ofSeconds(3);
    private static final Duration STALL_LIMIT = Duration.ofSeconds(20);

    /** Their names. */
    List<ChannelName> names() {
        return consumers.all().stream()
                .map(consumer -> new ChannelName(consumer.topic(), consumer.channel()))
                .toList();
    }

    /** How many dead letters each of them has. */
    Map<ChannelName, Long> dead() {
        return admin.channels().stream().collect(Collectors.toMap(ChannelStatus::name, ChannelStatus::dead));
    }

    /**
     * Waits until this process serves all of them.
     *
     * @throws DemoException if it does not come to that, because another process does
     */
    void awaitServed() {
        consumers.all().forEach(Channels::awaitServed);
    }

    private static void awaitServed(Consumer consumer) {
        if (!consumer.awaitActive(TAKEOVER_LIMIT)) {
            throw new DemoException(
                    "Another process serves channel %s of this database. Stop it, or set another --sample.folder, and start the demo again"
                            .formatted(consumer.channel()));
        }
    }

    /**
     * Waits until nothing is left to do in any of them, however long that takes while handlers are called.
     *
     * @throws DemoException if nothing happens any more although something is left
     */
    void awaitDrained() {
        names().forEach(this::awaitDrained);
    }

    private void awaitDrained(ChannelName channel) {
        long before = signsOfLife.getAsLong();
        try {
            admin.awaitDrained(channel, STALL_LIMIT);
        } catch (IllegalStateException e) {
            if (signsOfLife.getAsLong() == before) {
                throw new DemoException(
                        "Nothing has been handled for %s: %s".formatted(STALL_LIMIT, e.getMessage()), e);
            }
            awaitDrained(channel);
        }
    }
}
