package io.nsqite.admin;

import io.nsqite.database.Durability;
import io.nsqite.database.QueueDatabase;
import io.nsqite.database.Work;
import io.nsqite.error.DatabaseException;
import io.nsqite.sqlite.SecondWriterException;
import io.nsqite.store.QueueStore;
import io.nsqite.store.StatusStore;
import io.nsqite.wakeup.EngineClock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes for operators. Reads go through a connection of their own, as counting may take a while. */
final class QueueAccess {

    private static final Logger log = LoggerFactory.getLogger(QueueAccess.class);

    private final QueueDatabase database;
    private final QueueStore store;
    private final EngineClock clock;
    private final OperatorListener listener;

    QueueAccess(QueueDatabase database, QueueStore store, EngineClock clock, OperatorListener listener) {
        this.database = database;
        this.store = store;
        this.clock = clock;
        this.listener = listener;
    }

    QueueStore store() {
        return store;
    }

    <T> T read(Work<T> work) {
        try {
            return database.observer().read(work);
        } catch (SQLException e) {
            throw failed("Looking at the queue", e);
        }
    }

    /** A short read, which waits for nobody's long one. */
    <T> T glance(Work<T> work) {
        try {
            return database.glance().read(work);
        } catch (SQLException e) {
            throw failed("Looking at the queue", e);
        }
    }

    /** All channels, counted up to a limit. */
    List<ChannelStatus> channels(long limit) {
        return count(limit, counting -> connection -> store.status().channels(connection, counting)).stream()
                .map(ChannelStatus::of)
                .toList();
    }

    /** One channel, counted up to a limit. */
    Optional<ChannelStatus> channel(ChannelName name, long limit) {
        return count(
                        limit,
                        counting -> connection ->
                                store.status().channel(connection, name.topic(), name.channel(), counting))
                .map(ChannelStatus::of);
    }

    private <T> T count(long limit, Function<StatusStore.Counting, Work<T>> look) {
        long now = clock.millis();
        return limit == Long.MAX_VALUE
                ? read(look.apply(StatusStore.Counting.all(now)))
                : glance(look.apply(StatusStore.Counting.upTo(limit, now)));
    }

    /** A message with what became of it. */
    Optional<MessageStatus> message(long id) {
        long now = clock.millis();
        return glance(connection -> {
            Optional<StatusStore.Kept> kept = store.status().message(connection, id);
            return kept.isEmpty()
                    ? Optional.empty()
                    : Optional.of(status(kept.get(), store.status().progress(connection, id, now)));
        });
    }

    private static MessageStatus status(StatusStore.Kept kept, List<StatusStore.MessageLine> channels) {
        Long deliverAt = kept.deliverAt();
        String topic = kept.message().topic();
        return new MessageStatus(
                kept.message(),
                deliverAt == null ? null : Instant.ofEpochMilli(deliverAt),
                kept.deduplicationKey(),
                channels.stream().map(line -> MessageProgress.of(topic, line)).toList());
    }

    /**
     * Writes, as safe against a power cut as the application's own commits are.
     *
     * @param what the call, for the error
     * @throws IllegalStateException if a transaction of the calling thread is writing
     * @throws DatabaseException if the database refuses
     */
    <T> T write(String what, Work<T> work) {
        database.requireUsable();
        try {
            return database.writer().call(work, Durability.APPLICATION);
        } catch (SecondWriterException e) {
            throw new IllegalStateException("%s failed: %s".formatted(what, e.getMessage()), e);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    private RuntimeException failed(String what, SQLException cause) {
        return database.translated(new DatabaseException(what + " failed", cause));
    }

    /** A channel was changed; returns when the consumers of this process obey. */
    void changed() {
        listener.channelChanged();
        awaitLine();
    }

    /** A channel was deleted; returns when the consumers of this process obey. */
    void deleted() {
        listener.channelDeleted();
        awaitLine();
    }

    /**
     * Waits until everything is written that stands in the writer's line: what handlers of this process have answered so far, and
     * what its consumers do when they notice a change.
     */
    void awaitLine() {
        try {
            database.writer().call(transaction -> true, Durability.RELAXED);
        } catch (SQLException e) {
            log.debug("What stands in the line is written later", e);
        }
    }

    /**
     * The id of a channel.
     *
     * @throws IllegalArgumentException if there is no such channel
     */
    long id(ChannelName name) {
        Optional<Long> id = glance(connection -> store.operator().find(connection, name.topic(), name.channel()));
        return id.orElseThrow(() -> noSuchChannel(name));
    }

    IllegalArgumentException noSuchChannel(ChannelName name) {
        List<ChannelName> all = channels(1).stream().map(ChannelStatus::name).toList();
        return new IllegalArgumentException(
                "There is no channel '%s' of topic '%s'; there are %s".formatted(name.channel(), name.topic(), all));
    }
}
