package io.nsqite.consumer;

import io.nsqite.store.ChannelStore.NewChannel;
import io.nsqite.wakeup.Deadline;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes its channel when it can, and serves it until it is stopped or loses it. */
final class ChannelConsumer implements Consumer {

    private static final Logger log = LoggerFactory.getLogger(ChannelConsumer.class);

    /** How long settling and giving back may take after the handlers have finished. */
    private static final Duration SETTLE_LIMIT = Duration.ofSeconds(5);

    private final Engine engine;
    private final Purpose purpose;
    private final Monitor monitor = new Monitor();
    private final Repeat repeat;
    private final Taking taker;
    private State state = State.STOPPED;
    private volatile boolean paused;

    /** Which channel it is about, so that it is not created again once it was deleted. */
    private long channelId = Taking.UNKNOWN;

    private boolean startAgain;
    private boolean taking;
    private boolean askedMeanwhile;
    private boolean saidStandby;
    private @Nullable Service service;

    ChannelConsumer(Engine engine, Purpose purpose) {
        this.engine = engine;
        this.purpose = purpose;
        repeat = new Repeat(log, name() + ": taking the channel", engine.timer());
        taker = new Taking(engine, newChannel(), purpose);
    }

    @Override
    public String topic() {
        return purpose.topic();
    }

    @Override
    public String channel() {
        return purpose.channel();
    }

    @Override
    public ConsumerOptions options() {
        return purpose.options();
    }

    NewChannel newChannel() {
        return new NewChannel(topic(), channel(), options().startFrom().inStore());
    }

    @Override
    public State state() {
        return monitor.asked(() -> state);
    }

    @Override
    public boolean awaitActive(Duration limit) {
        long deadline = Deadline.after(limit);
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
            startAgain = state == State.STOPPING;
            if (state != State.STOPPED) {
                return;
            }
            state = State.STANDBY;
            saidStandby = false;
            channelId = Taking.UNKNOWN;
        } finally {
            monitor.unlock();
        }
        tryTake();
    }

    @Override
    public void pause() {
        setPaused(true);
    }

    @Override
    public void resume() {
        setPaused(false);
    }

    private void setPaused(boolean newPaused) {
        monitor.locked(() -> {
            paused = newPaused;
            if (service != null) {
                service.holding().setPausedHere(newPaused);
            }
        });
    }

    @Override
    public boolean isPaused() {
        return paused;
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
        monitor.locked(() -> {
            askedMeanwhile = taking;
            if (state == State.STANDBY && !taking && !repeat.isWaiting()) {
                beginToTake();
            }
        });
    }

    private void beginToTake() {
        askedMeanwhile = false;
        taking = true;
        long known = channelId;
        engine.database().writer().submit(transaction -> taker.take(transaction, known), this::taken);
    }

    private void taken(Taking.@Nullable Result result, @Nullable Throwable failure) {
        monitor.lock();
        try {
            taking = false;
            monitor.wakeAll();
            if (result == null) {
                repeat.failed(Objects.requireNonNull(failure), this::tryTakeAgain);
            } else if (result.prepared() != null) {
                channelId = result.channelId();
                serve(result.prepared());
            } else {
                repeat.succeeded();
                notTaken(result);
            }
        } finally {
            monitor.unlock();
        }
    }

    private void notTaken(Taking.Result result) {
        if (!result.isDeleted()) {
            channelId = result.channelId();
            standByForAnother();
        } else if (channelId == result.channelId() && state == State.STANDBY) {
            stopAsDeleted();
        } else {
            standByForAnother(); // started anew meanwhile
        }
    }

    private @Nullable Service stopAsDeleted() {
        Service dropped = service;
        service = null;
        state = State.STOPPED;
        purpose.stopped();
        log.info(
                "{}: an operator deleted the channel, so its consumer stops; starting it creates the channel anew",
                name());
        return dropped;
    }

    /** Takes notice of the channels that operators deleted. */
    void noticedDeleted(List<Long> deleted) {
        drop(() -> deleted.contains(channelId) && isStarted() ? stopAsDeleted() : null);
    }

    private boolean isStarted() {
        return state == State.ACTIVE || state == State.STANDBY;
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

    private void serve(Purpose.Prepared channel) {
        if (state != State.STANDBY) {
            taker.giveBack(channel.claim()); // stopped meanwhile
            return;
        }
        engine.store().topics().remember(topic(), channel.claim().topicId());
        try {
            service = channel.serve(this::isPaused, this::lost);
            state = State.ACTIVE;
            repeat.succeeded();
        } catch (Throwable noThread) {
            taker.giveBack(channel.claim());
            repeat.failed(noThread, this::tryTakeAgain);
        }
    }

    /** Another process has the channel, and a lock of its serving may be held; the rest is done by another thread. */
    private void lost() {
        engine.timer().schedule(Duration.ZERO, this::standBy);
    }

    private void standBy() {
        monitor.locked(() -> {
            // it may have been taken anew meanwhile
            if (state == State.ACTIVE && service != null && service.holding().isOver()) {
                state = State.STANDBY;
                saidStandby = false;
                service = null;
            }
        });
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
        drop(() -> {
            Service dropped = service;
            if (isStarted()) {
                state = next;
                service = null;
            }
            if (state == State.STOPPED) {
                purpose.stopped();
            }
            return dropped;
        });
    }

    private void drop(Supplier<@Nullable Service> decision) {
        Service dropped = monitor.asked(decision);
        if (dropped != null) {
            dropped.holding().drop();
        }
    }

    @Override
    public int inFlight() {
        return holding().map(Holding::inFlight).orElse(0);
    }

    /** How it serves the channel, if it does. */
    Optional<Holding> holding() {
        return monitor.asked(() -> Optional.ofNullable(service).map(Service::holding));
    }

    @Override
    public boolean stop(Duration timeout) {
        long deadline = Deadline.after(timeout);
        beginStop();
        boolean finished = awaitHandlers(deadline);
        giveBack(settleDeadline());
        return finished;
    }

    /** Hands out nothing more. */
    void beginStop() {
        monitor.locked(() -> {
            startAgain = false;
            if (state == State.STOPPED) {
                return;
            }
            state = service == null ? State.STOPPED : State.STOPPING;
            if (service != null) {
                service.holding().stopHandingOut();
            } else {
                purpose.stopped();
            }
        });
    }

    /** Waits for the handlers that run; false if some don't finish in time. */
    boolean awaitHandlers(long deadlineNanos) {
        Service ending = awaitTaking(deadlineNanos);
        return ending == null || ending.awaitHandlers(deadlineNanos);
    }

    /** Stops without waiting for answers of those that handlers have passed on. */
    void abandon() {
        beginStop();
        Service ending = awaitTaking(settleDeadline());
        if (ending != null) {
            ending.awaitWorkers(settleDeadline());
        }
        giveBack(settleDeadline());
    }

    /** Waits until it is decided whether this process serves the channel, if it is about to be; how it does. */
    @Nullable
    Service awaitTaking(long deadlineNanos) {
        monitor.lock();
        try {
            while (taking && deadlineNanos - System.nanoTime() > 0) {
                monitor.awaitNanos(deadlineNanos - System.nanoTime());
            }
            return service;
        } finally {
            monitor.unlock();
        }
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
        ending.holding().giveBack(deadlineNanos);
        monitor.locked(() -> {
            state = State.STOPPED;
            monitor.wakeAll();
        });
        if (monitor.asked(() -> startAgain)) {
            start();
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
