package io.nsqite.consumer;

import io.nsqite.database.Durability;
import io.nsqite.error.DatabaseException;
import io.nsqite.message.Names;
import io.nsqite.owner.OwnershipListener;
import io.nsqite.store.CancelStore;
import io.nsqite.store.ChannelStore;
import io.nsqite.wakeup.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consumers of this process, and what concerns them all. */
public final class DefaultConsumers implements Consumers, OwnershipListener {

    private static final Logger log = LoggerFactory.getLogger(DefaultConsumers.class);

    private final Engine engine;
    private final List<ChannelConsumer> consumers = new CopyOnWriteArrayList<>();

    /** None so far. */
    public DefaultConsumers(Engine engine) {
        this.engine = engine;
    }

    @Override
    public List<Consumer> register(Collection<Subscription> subscriptions) {
        return List.copyOf(add(subscriptions.stream()
                .map(subscription -> new ChannelConsumer(engine, new Handlers(engine, subscription)))
                .toList()));
    }

    /**
     * Registers a channel to be read as a log, as {@link #register} does.
     *
     * @throws IllegalArgumentException if the channel has a consumer in this process already, or a name is malformed
     */
    public LogChannel registerLog(String topic, String channel) {
        LogSignal signal = new LogSignal();
        LogPurpose purpose = new LogPurpose(engine, Names.topic(topic), Names.channel(channel), signal);
        ChannelConsumer consumer = new ChannelConsumer(engine, purpose);
        add(List.of(consumer));
        return new LogChannel(consumer, signal);
    }

    private synchronized List<ChannelConsumer> add(List<ChannelConsumer> added) {
        checkUnique(added);
        createChannels(added);
        consumers.addAll(added);
        return added;
    }

    /** Starts a consumer; returns when it is known whether this process serves its channel, or after the busy timeout. */
    public void startNow(Consumer consumer) {
        consumer.start();
        long deadline = Deadline.after(engine.database().busyTimeout());
        consumers.stream().filter(consumer::equals).forEach(started -> started.awaitTaking(deadline));
    }

    /** Stops a consumer without waiting for answers, and forgets it. */
    public void abandon(Consumer consumer) {
        consumers.stream().filter(consumer::equals).forEach(ChannelConsumer::abandon);
        consumers.remove(consumer);
    }

    private void checkUnique(List<ChannelConsumer> added) {
        Set<List<String>> names = new HashSet<>();
        consumers.forEach(consumer -> names.add(List.of(consumer.topic(), consumer.channel())));
        for (ChannelConsumer consumer : added) {
            if (!names.add(List.of(consumer.topic(), consumer.channel()))) {
                throw new IllegalArgumentException(
                        "Channel '%s' of topic '%s' has a consumer in this process already; give the second one a channel of its own, or raise the concurrency of the first"
                                .formatted(consumer.channel(), consumer.topic()));
            }
        }
    }

    private void createChannels(List<ChannelConsumer> added) {
        List<ChannelStore.NewChannel> channels =
                added.stream().map(ChannelConsumer::newChannel).toList();
        if (channels.isEmpty()) {
            return;
        }
        try {
            engine.database()
                    .writer()
                    .call(
                            transaction -> engine.store().channels().create(transaction, channels),
                            Durability.APPLICATION);
        } catch (SQLException e) {
            throw engine.database()
                    .translated(new DatabaseException(
                            "The channels %s could not be created".formatted(names(channels)), e));
        }
    }

    private static List<String> names(List<ChannelStore.NewChannel> channels) {
        return channels.stream()
                .map(channel -> "'%s' of topic '%s'".formatted(channel.channel(), channel.topic()))
                .toList();
    }

    @Override
    public boolean unregister(Consumer consumer, Duration timeout) {
        boolean finished = consumer.stop(timeout);
        consumers.remove(consumer);
        return finished;
    }

    @Override
    public List<Consumer> all() {
        return List.copyOf(consumers);
    }

    @Override
    public boolean stopAll(Duration timeout) {
        long deadline = Deadline.after(timeout);
        List<ChannelConsumer> stopping = new ArrayList<>(consumers);
        stopping.forEach(ChannelConsumer::beginStop);
        boolean finished = true;
        for (ChannelConsumer consumer : stopping) {
            finished &= consumer.awaitHandlers(deadline);
        }
        long settleDeadline = ChannelConsumer.settleDeadline();
        stopping.forEach(consumer -> consumer.giveBack(settleDeadline));
        return finished;
    }

    /**
     * Keeps a message from being handed out by this process, as a transaction is about to cancel it.
     *
     * @return what to run when that transaction has ended; empty if this process does not serve the channel or has handed it out
     */
    public Optional<Runnable> reserve(CancelStore.Holder holder, long messageId) {
        return holdings()
                .filter(holding -> holding.claim().channelId() == holder.channelId())
                .flatMap(holding -> holding.reserve(holder, messageId).stream())
                .findFirst();
    }

    /** Up to where any of them has read the log. */
    public long readUpTo() {
        return holdings().mapToLong(Holding::readUpTo).max().orElse(0);
    }

    /** The channels that this process serves. */
    private Stream<Holding> holdings() {
        return consumers.stream().flatMap(consumer -> consumer.holding().stream());
    }

    /** Something was committed by somebody: channels may be free, or changed by an operator. */
    public void committed() {
        try {
            // read before the marks, so that a change which is a deletion is not taken for another one
            List<ChannelStore.Notice> notices = engine.database()
                    .reader()
                    .read(connection -> engine.store()
                            .channels()
                            .notices(connection, engine.ownership().id()));
            List<Long> deleted = engine.database().reader().read(engine.store().operator()::deleted);
            for (ChannelConsumer consumer : consumers) {
                consumer.noticedDeleted(deleted);
                consumer.tryTakeIfFree();
            }
            holdings()
                    .forEach(holding -> notices.stream()
                            .filter(notice ->
                                    notice.claimed() == holding.claim().channelId())
                            .forEach(holding::noticed));
        } catch (SQLException e) {
            log.debug("Looking at the channels failed and is repeated within a second", e);
        }
    }

    @Override
    public void lookedAround() {
        Duration jump = engine.clock().follow();
        if (!jump.isZero()) {
            clockJumped(jump);
        }
        committed();
    }

    /** The wall clock was set, and the engine's has followed it. */
    void clockJumped(Duration by) {
        log.warn(
                "The system's clock jumped by {} ms; retries keep their delays, and what is scheduled follows the clock",
                by.toMillis());
        holdings().forEach(Holding::clockJumped);
    }

    @Override
    public void evicted() {
        consumers.forEach(ChannelConsumer::evicted);
    }

    @Override
    public void channelsFreed() {
        consumers.forEach(ChannelConsumer::tryTake);
    }

    @Override
    public void databaseReplaced(String explanation) {
        log.error("{}", explanation);
        engine.database().condemn(explanation);
        consumers.forEach(ChannelConsumer::halt);
    }
}
