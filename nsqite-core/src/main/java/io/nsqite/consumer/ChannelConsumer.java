package io.nsqite.consumer;

import io.nsqite.store.ChannelStore;
import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes its channel when it can, and serves it until it is stopped or loses it. */
final class ChannelConsumer implements Consumer {

    private static final Logger log = LoggerFactory.getLogger(ChannelConsumer.class);

    /** How long settling and giving back may take after the handlers have finished. */
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(5);

    private final Engine engine;
    private final Subscription subscription;
    private final Monitor monitor = new Monitor();
    private final Repeat repeat;
    private State state = State.STOPPED;
    private boolean taking;
    private boolean askedMeanwhile;
    private boolean saidStandby;
    private @Nullable Service service;

    ChannelConsumer(Engine engine, Subscription subscription) {
        this.engine = engine;
        this.subscription = subscription;
        repeat = new Repeat(log, name() + ": taking the channel", engine.timer());
    }

    private record Service(Tenure tenure, Workers workers) {}

    @Override
    public String topic() {
        return subscription.topic();
    }

    @Override
    public String channel() {
        return subscription.channel();
    }

    @Override
    public ConsumerOptions options() {
        return subscription.options();
    }

    NewChannel newChannel() {
        ChannelStore.Start start = switch (options().startFrom()) {
            case DEFAULT -> ChannelStore.Start.DEFAULT;
            case EARLIEST -> ChannelStore.Start.EARLIEST;
            case LATEST -> ChannelStore.Start.LATEST;
        };
        return new NewChannel(topic(), channel(), start);
    }

    @Override
    public State state() {
        monitor.lock();
        try {
            return state;
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public boolean awaitActive(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        monitor.lock();
        try {
            while (state != State.ACTIVE && deadline - System.nanoTime() > 0) {
                monitor.awaitNanos(deadline - System.nanoTime());
            }
            return state == State.ACTIVE;
        } finally {
            monitor.unlock();
        }
    }

    @Override
    public void start() {
        engine.database().requireUsable();
        monitor.lock();
        try {
            if (state != State.STOPPED) {
                return;
            }
            state = State.STANDBY;
            saidStandby = false;
        } finally {
            monitor.unlock();
        }
        tryTake();
    }

    /** Takes the channel if it stands by and a look, which writes nothing, finds that nobody serves it. */
    void tryTakeIfFree() throws SQLException {
        boolean free = state() == State.STANDBY
                && engine.database()
                        .reader()
                        .read(connection -> engine.store().channels().isFree(connection, topic(), channel()));
        if (free) {
            tryTake();
        }
    }

    /** Takes the channel if it stands by and nobody serves it. Does not wait. */
    void tryTake() {
        monitor.lock();
        try {
            askedMeanwhile = taking;
            if (state == State.STANDBY && !taking && !repeat.isWaiting()) {
                beginToTake();
            }
        } finally {
            monitor.unlock();
        }
    }

    private void beginToTake() {
        askedMeanwhile = false;
        taking = true;
        engine.database().writer().submit(this::take, this::taken);
    }

    /** Creates the channel again if the tables were emptied meanwhile. */
    private Optional<Tenure.Opening> take(Connection transaction) throws SQLException {
        ChannelStore channels = engine.store().channels();
        if (!engine.store().owners().exists(transaction, engine.ownership().id())) {
            return Optional.empty(); // about to be registered anew
        }
        long id = channels.create(transaction, List.of(newChannel())).get(0);
        Optional<Taken> taken =
                channels.take(transaction, id, engine.ownership().id(), InHandLimit.least(options()));
        return taken.isEmpty() ? Optional.empty() : Optional.of(Tenure.Opening.of(engine, transaction, taken.get()));
    }

    @SuppressWarnings("NullableOptional") // as completions are told
    private void taken(@Nullable Optional<Tenure.Opening> channel, @Nullable Throwable failure) {
        monitor.lock();
        try {
            taking = false;
            monitor.wakeAll();
            if (channel == null) {
                repeat.failed(Objects.requireNonNull(failure), this::tryTakeAgain);
                return;
            }
            if (channel.isPresent()) {
                serve(channel.get());
            } else {
                repeat.succeeded();
                standByForAnother();
            }
        } finally {
            monitor.unlock();
        }
    }

    private void standByForAnother() {
        if (state != State.STANDBY) {
            return;
        }
        if (askedMeanwhile) {
            beginToTake(); // it may have become free after the look that found it served
        } else if (!saidStandby) {
            saidStandby = true;
            log.info("{}: another process serves the channel; this one stands by", name());
        }
    }

    private void tryTakeAgain() {
        monitor.locked(repeat::trying);
        tryTake();
    }

    private void serve(Tenure.Opening channel) {
        if (state != State.STANDBY) {
            giveBack(channel.claim()); // stopped meanwhile
            return;
        }
        engine.store().topics().remember(topic(), channel.claim().topicId());
        Tenure tenure = new Tenure(engine, options(), channel, this::lost);
        try {
            service = new Service(tenure, Workers.start(tenure, subscription, engine.threads()));
            state = State.ACTIVE;
            repeat.succeeded();
        } catch (Throwable noThread) {
            tenure.drop();
            giveBack(channel.claim());
            repeat.failed(noThread, this::tryTakeAgain);
        }
    }

    private void giveBack(Claim claim) {
        engine.database()
                .writer()
                .submit(
                        transaction -> {
                            engine.store().channels().release(transaction, claim, 0);
                            return claim;
                        },
                        (released, failure) -> {
                            if (failure != null) {
                                log.warn(
                                        "{}: the channel could not be given back before the process ends",
                                        claim,
                                        failure);
                            }
                        });
    }

    /** Another process has the channel, and the tenure's monitor is held; the rest is done by another thread. */
    private void lost() {
        engine.timer().schedule(Duration.ZERO, this::standBy);
    }

    private void standBy() {
        monitor.lock();
        try {
            // it may have been taken anew meanwhile
            if (state == State.ACTIVE && service != null && service.tenure().isOver()) {
                state = State.STANDBY;
                saidStandby = false;
                service = null;
            }
        } finally {
            monitor.unlock();
        }
        tryTake();
    }

    /** This process is no owner any more; whatever it served is dropped. */
    void evicted() {
        drop(State.STANDBY);
    }

    /** It can't go on; whatever it served is dropped. */
    void halt() {
        drop(State.STOPPED);
    }

    private void drop(State next) {
        Service dropped;
        monitor.lock();
        try {
            dropped = service;
            if (state == State.ACTIVE || state == State.STANDBY) {
                state = next;
                service = null;
            }
        } finally {
            monitor.unlock();
        }
        if (dropped != null) {
            dropped.tenure().drop();
        }
    }

    /** Up to where the log was read; 0 while it does not serve the channel. */
    long readUpTo() {
        Service current = service();
        return current == null ? 0 : current.tenure().readUpTo();
    }

    private @Nullable Service service() {
        monitor.lock();
        try {
            return service;
        } finally {
            monitor.unlock();
        }
    }

    /** Takes notice of the rows of this process's channels. */
    void noticed(List<ChannelStore.Notice> notices) {
        Service current = service();
        if (current != null) {
            long id = current.tenure().claim().channelId();
            notices.stream().filter(notice -> notice.claimed() == id).forEach(current.tenure()::noticed);
        }
    }

    /** The engine's clock jumped. */
    void clockJumped(Duration by) {
        Service current = service();
        if (current != null) {
            current.tenure().clockJumped(by);
        }
    }

    @Override
    public boolean stop(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        beginStop();
        boolean finished = awaitHandlers(deadline);
        giveBack(settleDeadline());
        return finished;
    }

    /** Hands out nothing more. */
    void beginStop() {
        monitor.lock();
        try {
            if (state == State.STOPPED) {
                return;
            }
            state = service == null ? State.STOPPED : State.STOPPING;
            if (service != null) {
                service.tenure().stopHandingOut();
            }
        } finally {
            monitor.unlock();
        }
    }

    /** Waits for the handlers that run; false if some don't finish in time. */
    boolean awaitHandlers(long deadlineNanos) {
        Service ending;
        monitor.lock();
        try {
            while (taking && deadlineNanos - System.nanoTime() > 0) {
                monitor.awaitNanos(deadlineNanos - System.nanoTime());
            }
            ending = service;
        } finally {
            monitor.unlock();
        }
        return ending == null || ending.workers().await(deadlineNanos);
    }

    /** Settles what the handlers did, and gives the channel back. */
    void giveBack(long deadlineNanos) {
        Service ending;
        monitor.lock();
        try {
            ending = service;
            service = null;
            while (ending == null && state == State.STOPPING && deadlineNanos - System.nanoTime() > 0) {
                monitor.awaitNanos(deadlineNanos - System.nanoTime()); // another thread is at it
            }
        } finally {
            monitor.unlock();
        }
        if (ending == null) {
            return;
        }
        ending.tenure().giveBack(deadlineNanos);
        monitor.lock();
        try {
            state = State.STOPPED;
            monitor.wakeAll();
        } finally {
            monitor.unlock();
        }
    }

    /** By when everything must be given back if that begins now. */
    static long settleDeadline() {
        return System.nanoTime() + SETTLE_LIMIT.toNanos();
    }

    private String name() {
        return topic() + "." + channel();
    }
}
