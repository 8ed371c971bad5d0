package io.nsqite.behaviour;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteBuilder;
import io.nsqite.QueueFile;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue with a channel, in a time that the test drives. */
@Timeout(60)
abstract class BehaviourTest {

    static final ChannelName CHANNEL = QueueFile.CHANNEL;
    static final Duration LIMIT = QueueFile.LIMIT;
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MILLISECOND = Duration.ofMillis(1);

    /** Four attempts, a second apart. */
    static final ConsumerOptions OPTIONS =
            ConsumerOptions.defaults().withMaxAttempts(4).withBackoff(new ExponentialBackoff(SECOND, 1, SECOND, 0));

    private static final Duration WHILE_LOOKING = Duration.ofMillis(50);

    @TempDir
    Path folder;

    final Members members = new Members();
    final Gate gate = new Gate();

    /** What handlers were called with: text and attempt. */
    final List<String> handled = new CopyOnWriteArrayList<>();

    QueueUnderTest queue;
    Nsqite nsqite;

    /** A new database. */
    abstract QueueUnderTest queue(Path itsFolder) throws Exception;

    @BeforeEach
    void open() throws Exception {
        queue = queue(folder);
        nsqite = openMember();
    }

    @AfterEach
    void close() {
        gate.open();
        members.close();
    }

    Nsqite openMember() {
        return members.open(prepared(queue.builder()));
    }

    /** What a test adds to a queue that is about to be opened. */
    NsqiteBuilder prepared(NsqiteBuilder builder) {
        return builder;
    }

    /** Ends in order and begins anew. */
    void restart() {
        members.close(nsqite);
        nsqite = openMember();
    }

    Consumer consume(ConsumerOptions options, MessageHandler handler) {
        return consume(nsqite, options, handler);
    }

    static Consumer consume(Nsqite member, ConsumerOptions options, MessageHandler handler) {
        return member.consume(CHANNEL.topic(), CHANNEL.channel(), options, handler);
    }

    void record(Delivery delivery) {
        handled.add(text(delivery) + " " + delivery.attempt());
    }

    static String text(Delivery delivery) {
        return new String(delivery.message().payload(), StandardCharsets.UTF_8);
    }

    static NewMessage message(String text) {
        return NewMessage.to(CHANNEL.topic(), text);
    }

    long publish(NewMessage message) {
        return nsqite.producer().publish(message);
    }

    long publish(String text) {
        return publish(message(text));
    }

    List<Long> publishAll(String... texts) {
        return nsqite.producer()
                .publish(Arrays.stream(texts).map(BehaviourTest::message).toList());
    }

    /** Waits while no time passes, but for what is due now. */
    void await(Callable<Boolean> condition) {
        QueueFile.await(() -> {
            members.pass(Duration.ZERO);
            return condition.call();
        });
    }

    /** Waits while time passes. */
    void passUntil(Callable<Boolean> condition) {
        QueueFile.await(() -> {
            if (condition.call()) {
                return true;
            }
            members.pass(WHILE_LOOKING);
            return condition.call();
        });
    }

    void awaitHandled(int times) {
        await(() -> handled.size() >= times);
    }

    /** Waits, while time passes, until nothing is left to do. */
    void drain() {
        passUntil(() -> status().isDrained());
    }

    ChannelStatus status() {
        return nsqite.admin().channels().stream()
                .filter(channel -> channel.name().equals(CHANNEL))
                .findFirst()
                .orElseThrow();
    }

    List<DeadLetter> deadLetters() {
        return nsqite.admin().deadLetters(DeadLetterQuery.of(CHANNEL));
    }

    /** Another member takes the channel from one that hangs. */
    void takeOverFrom(Nsqite hanging, Consumer standby) {
        members.hang(hanging);
        passUntil(() -> standby.state() == Consumer.State.ACTIVE);
    }
}
