package io.nsqite.admin;

import io.nsqite.database.QueueDatabase;
import io.nsqite.store.QueueStore;
import io.nsqite.store.StatusStore;
import io.nsqite.store.StatusStore.TopicLine;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks, and hands changes to those who make them. */
public final class DefaultQueueAdmin implements QueueAdmin {

    private final QueueAccess access;
    private final StatusStore status;
    private final ChannelOperations operations;
    private final DeadLetters deadLetters;
    private final Draining draining;

    /**
     * An administration.
     *
     * @param clock tells what has become due
     * @param progress tells when to look again while waiting
     * @param listener is told what was changed
     */
    public DefaultQueueAdmin(
            QueueDatabase database, QueueStore store, EngineClock clock, Progress progress, OperatorListener listener) {
        access = new QueueAccess(database, store, clock, listener);
        status = store.status();
        operations = new ChannelOperations(access);
        deadLetters = new DeadLetters(access);
        draining = new Draining(progress);
    }

    @Override
    public List<TopicStatus> topics() {
        return access.read(status::topics).stream()
                .map(line -> new TopicStatus(line.topic(), line.messages(), line.channels()))
                .toList();
    }

    @Override
    public List<String> unheardTopics() {
        return access.glance(status::unheardTopics);
    }

    @Override
    public List<ChannelStatus> channels() {
        return access.channels(Long.MAX_VALUE);
    }

    @Override
    public List<ChannelStatus> channels(long countUpTo) {
        return access.channels(checked(countUpTo));
    }

    @Override
    public Optional<ChannelStatus> channel(ChannelName channel, long countUpTo) {
        return access.channel(channel, checked(countUpTo));
    }

    private static long checked(long countUpTo) {
        if (countUpTo < 1) {
            throw new IllegalArgumentException(
                    "The limit of counting must be 1 or more but was %d; with 1 only whether there is anything is told"
                            .formatted(countUpTo));
        }
        return countUpTo;
    }

    @Override
    public List<OwnerStatus> owners() {
        return access.glance(access.store().owners()::started).stream()
                .map(line -> new OwnerStatus(line.id(), line.libraryVersion(), Instant.ofEpochMilli(line.startedAt())))
                .toList();
    }

    @Override
    public Optional<MessageStatus> message(long id) {
        return access.message(id);
    }

    @Override
    public Set<ChannelName> create(Map<ChannelName, String> notes) {
        return new ChannelNotes(access).create(notes);
    }

    @Override
    public Optional<String> note(ChannelName channel) {
        return new ChannelNotes(access).of(channel);
    }

    @Override
    public void pause(ChannelName channel) {
        operations.pause(channel);
    }

    @Override
    public void resume(ChannelName channel) {
        operations.resume(channel);
    }

    @Override
    public void rewind(ChannelName channel, long messageId) {
        operations.rewind(channel, messageId);
    }

    @Override
    public void rewind(ChannelName channel, Instant from) {
        operations.rewind(channel, from);
    }

    @Override
    public long purge(ChannelName channel) {
        return operations.purge(channel);
    }

    @Override
    public void delete(ChannelName channel) {
        operations.delete(channel);
    }

    @Override
    public List<DeadLetter> deadLetters(DeadLetterQuery query) {
        return deadLetters.page(query);
    }

    @Override
    public boolean replay(ChannelName channel, long messageId) {
        return deadLetters.replay(channel, messageId);
    }

    @Override
    public long replayAll(DeadLetterQuery query) {
        return deadLetters.replayAll(query);
    }

    @Override
    public boolean discard(ChannelName channel, long messageId) {
        return deadLetters.discard(channel, messageId);
    }

    @Override
    public void awaitDrained(ChannelName channel, Duration limit) {
        draining.await(new AwaitedChannels(access, channel), limit);
    }

    @Override
    public void awaitDrained(String topic, Duration limit) {
        List<String> topics =
                access.read(status::topics).stream().map(TopicLine::topic).toList();
        if (!topics.contains(topic)) {
            throw new IllegalArgumentException("There is no topic '%s'; there are %s".formatted(topic, topics));
        }
        draining.await(new AwaitedChannels(access, topic), limit);
    }

    @Override
    public void awaitDrained(Duration limit) {
        draining.await(new AwaitedChannels(access), limit);
    }
}
