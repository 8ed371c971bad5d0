package io.nsqite.spring.doubles;

import io.nsqite.Condition;
import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.MessageStatus;
import io.nsqite.admin.OwnerStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.admin.TopicStatus;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.Subscription;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.pull.LogReader;
import io.nsqite.pull.PullConsumer;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A queue without a database: it remembers what is registered and says what a test tells it to. */
public final class QueueDouble implements Nsqite, Consumers, QueueAdmin, Producer {

    private final List<ConsumerDouble> consumers = new ArrayList<>();
    private final List<TopicStatus> topics = new ArrayList<>();
    private final List<ChannelStatus> channels = new ArrayList<>();
    private final List<Long> counted = new ArrayList<>();
    private Condition condition = Condition.HEALTHY;
    private int registrations;
    private boolean closed;

    /** How often something was registered. */
    public int registrations() {
        return registrations;
    }

    /** Whether it was closed. */
    public boolean closed() {
        return closed;
    }

    /** What was registered for a channel of topic "orders". */
    public ConsumerDouble consumer(String channel) {
        return consumers.stream()
                .filter(consumer -> consumer.channel().equals(channel))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no consumer of '%s' among %s".formatted(channel, channelNames())));
    }

    /** All channels that were registered. */
    public List<String> channelNames() {
        return consumers.stream().map(Consumer::channel).toList();
    }

    /** How far was counted, each time. */
    public List<Long> counted() {
        return counted;
    }

    /** Pretends that there is a topic. */
    public QueueDouble withTopic(TopicStatus topic) {
        topics.add(topic);
        return this;
    }

    /** Pretends that there is a channel. */
    public QueueDouble withChannel(ChannelStatus channel) {
        channels.add(channel);
        return this;
    }

    @Override
    public Producer producer() {
        return this;
    }

    @Override
    public Consumers consumers() {
        return this;
    }

    @Override
    public Path file() {
        return Path.of("double.db");
    }

    @Override
    public TablePrefix tablePrefix() {
        return TablePrefix.DEFAULT;
    }

    @Override
    public PullConsumer pull(String topic, String channel, ConsumerOptions options) {
        throw new UnsupportedOperationException("there is nothing to pull");
    }

    @Override
    public LogReader log(String topic, String group) {
        throw new UnsupportedOperationException("there is no log");
    }

    @Override
    public QueueAdmin admin() {
        return this;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public List<Consumer> register(Collection<Subscription> subscriptions) {
        registrations++;
        List<ConsumerDouble> added =
                subscriptions.stream().map(ConsumerDouble::new).toList();
        consumers.addAll(added);
        return List.copyOf(added);
    }

    @Override
    public boolean unregister(Consumer consumer, Duration timeout) {
        consumers.remove(consumer);
        return consumer.stop(timeout);
    }

    @Override
    public List<Consumer> all() {
        return List.copyOf(consumers);
    }

    @Override
    public boolean stopAll(Duration timeout) {
        consumers.forEach(consumer -> consumer.stop(timeout));
        return true;
    }

    @Override
    public Set<ChannelName> create(Map<ChannelName, String> notes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> note(ChannelName channel) {
        return Optional.empty();
    }

    @Override
    public List<String> unheardTopics() {
        return topics().stream()
                .filter(topic -> topic.channels() == 0)
                .map(TopicStatus::topic)
                .toList();
    }

    @Override
    public List<TopicStatus> topics() {
        return topics;
    }

    @Override
    public List<ChannelStatus> channels() {
        return channels;
    }

    @Override
    public List<ChannelStatus> channels(long countUpTo) {
        counted.add(countUpTo);
        return channels;
    }

    @Override
    public Optional<ChannelStatus> channel(ChannelName name, long countUpTo) {
        counted.add(countUpTo);
        return channels.stream().filter(channel -> channel.name().equals(name)).findFirst();
    }

    @Override
    public List<OwnerStatus> owners() {
        return List.of();
    }

    @Override
    public Optional<MessageStatus> message(long id) {
        return Optional.empty();
    }

    @Override
    public Condition condition() {
        return condition;
    }

    /** Pretends that something is wrong, or right. */
    public QueueDouble withCondition(Condition newCondition) {
        condition = newCondition;
        return this;
    }

    @Override
    public List<DeadLetter> deadLetters(DeadLetterQuery query) {
        return List.of();
    }

    @Override
    public void awaitDrained(ChannelName channel, Duration limit) {}

    @Override
    public void awaitDrained(String topic, Duration limit) {}

    @Override
    public void awaitDrained(Duration limit) {}

    @Override
    public void pause(ChannelName channel) {
        throw notToBeOperated();
    }

    @Override
    public void resume(ChannelName channel) {
        throw notToBeOperated();
    }

    @Override
    public void rewind(ChannelName channel, long messageId) {
        throw notToBeOperated();
    }

    @Override
    public void rewind(ChannelName channel, Instant from) {
        throw notToBeOperated();
    }

    @Override
    public long purge(ChannelName channel) {
        throw notToBeOperated();
    }

    @Override
    public void delete(ChannelName channel) {
        throw notToBeOperated();
    }

    @Override
    public boolean replay(ChannelName channel, long messageId) {
        throw notToBeOperated();
    }

    @Override
    public long replayAll(DeadLetterQuery query) {
        throw notToBeOperated();
    }

    @Override
    public boolean discard(ChannelName channel, long messageId) {
        throw notToBeOperated();
    }

    private static RuntimeException notToBeOperated() {
        return new UnsupportedOperationException("the double of the queue is not to be operated");
    }

    @Override
    public long publishTx(String topic, Object payload) {
        throw notForPublishing();
    }

    @Override
    public long publishTx(NewMessage message) {
        throw notForPublishing();
    }

    @Override
    public List<Long> publishTx(Collection<NewMessage> messages) {
        throw notForPublishing();
    }

    @Override
    public long publishTx(Connection transaction, NewMessage message) {
        throw notForPublishing();
    }

    @Override
    public long publish(String topic, Object payload) {
        throw notForPublishing();
    }

    @Override
    public long publish(NewMessage message) {
        throw notForPublishing();
    }

    @Override
    public List<Long> publish(Collection<NewMessage> messages) {
        throw notForPublishing();
    }

    @Override
    public boolean cancel(long messageId) {
        return false;
    }

    private static RuntimeException notForPublishing() {
        return new UnsupportedOperationException("the double of the queue is not for publishing");
    }
}
