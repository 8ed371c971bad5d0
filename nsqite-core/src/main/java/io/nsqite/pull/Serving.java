package io.nsqite.pull;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Engine;
import io.nsqite.error.DatabaseException;
import io.nsqite.store.OwnerStore.Started;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Whether this process serves a channel, and who does otherwise. */
final class Serving {

    private final Engine engine;
    private final Consumer consumer;

    Serving(Engine engine, Consumer consumer) {
        this.engine = engine;
        this.consumer = consumer;
    }

    /**
     * Finds out that this process serves the channel, or may be about to.
     *
     * @throws IllegalStateException if it does not any more
     * @throws ChannelBusyException if another one does
     */
    void require() {
        engine.database().requireUsable();
        switch (consumer.state()) {
            case ACTIVE -> {}
            case STANDBY ->
                busy().ifPresent(busy -> {
                    throw busy;
                });
            case STOPPING, STOPPED ->
                throw new IllegalStateException(
                        "%s is stopped: it was closed, the queue was, or an operator deleted the channel; begin anew to go on"
                                .formatted(this));
        }
    }

    /** As {@link #require}, when it turned out not to serve it, which the consumer need not know yet. */
    void requireNow() {
        busy().ifPresent(busy -> {
            throw busy;
        });
        require();
    }

    /** Whether nothing comes any more. */
    boolean isOver() {
        Consumer.State state = consumer.state();
        return state == Consumer.State.STOPPING || state == Consumer.State.STOPPED;
    }

    /** What to tell if another process serves the channel. */
    Optional<ChannelBusyException> busy() {
        return owner().filter(owner -> owner.id() != engine.ownership().id())
                .map(owner -> new ChannelBusyException(
                        consumer.topic(), consumer.channel(), owner.id(), Instant.ofEpochMilli(owner.startedAt())));
    }

    private Optional<Started> owner() {
        try {
            return engine.database()
                    .reader()
                    .read(connection ->
                            engine.store().owners().serving(connection, consumer.topic(), consumer.channel()));
        } catch (SQLException e) {
            throw engine.database().translated(new DatabaseException("Looking who serves %s".formatted(this), e));
        }
    }

    /** The channel. */
    @Override
    public String toString() {
        return consumer.topic() + "." + consumer.channel();
    }
}
