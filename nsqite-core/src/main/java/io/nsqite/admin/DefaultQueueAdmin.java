package io.nsqite.admin;

import io.nsqite.database.QueueDatabase;
import io.nsqite.database.Work;
import io.nsqite.store.StatusStore;
import io.nsqite.store.StatusStore.ChannelLine;
import io.nsqite.store.StatusStore.DeadFilter;
import io.nsqite.store.StatusStore.DeadLine;
import io.nsqite.wakeup.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks through a connection of its own, as counting may take a while. */
public final class DefaultQueueAdmin implements QueueAdmin {

    private final QueueDatabase database;
    private final StatusStore status;
    private final Progress progress;

    /** @param progress tells when to look again while waiting */
    public DefaultQueueAdmin(QueueDatabase database, StatusStore status, Progress progress) {
        this.database = database;
        this.status = status;
        this.progress = progress;
    }

    @Override
    public List<TopicStatus> topics() {
        return read(status::topics).stream()
                .map(line -> new TopicStatus(line.topic(), line.messages(), line.channels()))
                .toList();
    }

    @Override
    public List<String> unheardTopics() {
        return read(status::unheardTopics);
    }

    @Override
    public List<ChannelStatus> channels() {
        return read(status::channels).stream().map(DefaultQueueAdmin::status).toList();
    }

    private static ChannelStatus status(ChannelLine line) {
        return new ChannelStatus(
                new ChannelName(line.topic(), line.channel()),
                line.waiting(),
                line.retrying(),
                line.dead(),
                line.paused(),
                line.ownerId());
    }

    @Override
    public List<DeadLetter> deadLetters(DeadLetterQuery query) {
        DeadLetter after = query.after();
        DeadFilter filter = new DeadFilter(
                query.topic(),
                query.channel(),
                after == null ? 0 : after.message().id(),
                after == null ? "" : after.name().channel(),
                query.limit());
        return read(connection -> status.dead(connection, filter)).stream()
                .map(DefaultQueueAdmin::deadLetter)
                .toList();
    }

    private static DeadLetter deadLetter(DeadLine line) {
        return new DeadLetter(
                new ChannelName(line.topic(), line.channel()),
                line.message(),
                line.attempts(),
                line.failure().error(),
                line.failure().stack(),
                Instant.ofEpochMilli(line.failure().failedAt()));
    }

    @Override
    public void awaitDrained(ChannelName channel, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            long seen = progress.count();
            ChannelStatus now = find(channel);
            if (now.isDrained()) {
                return;
            }
            if (!progress.awaitAfter(seen, deadline - System.nanoTime())
                    && !find(channel).isDrained()) {
                throw new IllegalStateException(
                        "Channel %s was not drained within %s: %d waiting, %d retrying, %d dead; %s"
                                .formatted(channel, limit, now.waiting(), now.retrying(), now.dead(), owner(now)));
            }
        }
    }

    private static String owner(ChannelStatus status) {
        if (status.paused()) {
            return "it is paused";
        }
        return status.ownerId() == null ? "nobody serves it" : "owner " + status.ownerId() + " serves it";
    }

    private ChannelStatus find(ChannelName name) {
        Optional<ChannelLine> line = read(connection -> status.channel(connection, name.topic(), name.channel()));
        return line.map(DefaultQueueAdmin::status).orElseThrow(() -> noSuchChannel(name));
    }

    private IllegalArgumentException noSuchChannel(ChannelName name) {
        return new IllegalArgumentException("There is no channel '%s' of topic '%s'; there are %s"
                .formatted(
                        name.channel(),
                        name.topic(),
                        channels().stream().map(ChannelStatus::name).toList()));
    }

    private <T> T read(Work<T> work) {
        try {
            return database.observer().read(work);
        } catch (SQLException e) {
            throw new IllegalStateException("Looking at the queue failed: " + e.getMessage(), e);
        }
    }
}
