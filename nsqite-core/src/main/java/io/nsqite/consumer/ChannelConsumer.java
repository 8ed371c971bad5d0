package io.nsqite.consumer;

import io.nsqite.store.ChannelStore;
import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.store.ChannelStore.Taken;
import io.nsqite.store.Claim;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes its channel when it can, and serves it until it is stopped or loses it. */
final class ChannelConsumer implements Consumer {

    private static final Logger log = LoggerFactory.getLogger(ChannelConsumer.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Engine engine;
    private final Subscription subscription;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.STOPPED;
    private boolean taking;
    private boolean saidStandby;
    private @Nullable Service service;

    ChannelConsumer(Engine engine, Subscription subscription) {
        this.engine = engine;
        this.subscription = subscription;
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
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        lock.lock();
        try {
            if (state != State.STOPPED) {
                return;
            }
            state = State.STANDBY;
            saidStandby = false;
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            if (state != State.STANDBY || taking) {
                return;
            }
            taking = true;
        } finally {
            lock.unlock();
        }
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
                channels.take(transaction, id, engine.ownership().id(), Tenure.maxInHand(options()));
        return taken.isEmpty()
                ? Optional.empty()
                : Optional.of(new Tenure.Opening(
                        taken.get(), channels.load(transaction, taken.get().claim())));
    }

    @SuppressWarnings("NullableOptional") // as completions are told
    private void taken(@Nullable Optional<Tenure.Opening> channel, @Nullable Throwable failure) {
        lock.lock();
        try {
            taking = false;
            changed.signalAll();
            if (channel == null) {
                log.warn("{}: the channel could not be taken and is tried again in {}", name(), RETRY, failure);
                engine.timer().schedule(RETRY, this::tryTake);
            } else if (channel.isPresent()) {
                serve(channel.get());
            } else if (state == State.STANDBY && !saidStandby) {
                saidStandby = true;
                log.info("{}: another process serves the channel; this one stands by", name());
            }
        } finally {
            lock.unlock();
        }
    }

    private void serve(Tenure.Opening channel) {
        if (state != State.STANDBY) {
            giveBack(channel.claim()); // stopped meanwhile
            return;
        }
        engine.store().topics().remember(topic(), channel.claim().topicId());
        Tenure tenure = new Tenure(engine, options(), channel, this::lost);
        state = State.ACTIVE;
        service = new Service(tenure, Workers.start(tenure, subscription, engine.threads()));
        log.debug("{}: serving the channel", name());
    }

    private void giveBack(Claim claim) {
        engine.database()
                .writer()
                .submit(
                        transaction -> {
                            engine.store().channels().release(transaction, claim, ChannelStore.Release.SETTLED);
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
        lock.lock();
        try {
            if (state == State.ACTIVE) {
                state = State.STANDBY;
                saidStandby = false;
                service = null;
            }
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            dropped = service;
            if (state == State.ACTIVE || state == State.STANDBY) {
                state = next;
                service = null;
            }
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            return service;
        } finally {
            lock.unlock();
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

    @Override
    public boolean stop(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        beginStop();
        return endStop(deadline);
    }

    /** Hands out nothing more. */
    void beginStop() {
        lock.lock();
        try {
            if (state == State.STOPPED) {
                return;
            }
            state = service == null ? State.STOPPED : State.STOPPING;
            if (service != null) {
                service.tenure().stopHandingOut();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for handlers, settles, and gives the channel back. */
    boolean endStop(long deadlineNanos) {
        Service ending;
        lock.lock();
        try {
            while (taking) {
                changed.awaitUninterruptibly();
            }
            ending = service;
            service = null;
        } finally {
            lock.unlock();
        }
        if (ending == null) {
            return true;
        }
        boolean finished = ending.workers().await(deadlineNanos);
        ending.tenure().giveBack();
        lock.lock();
        try {
            state = State.STOPPED;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return finished;
    }

    private String name() {
        return topic() + "." + channel();
    }
}
