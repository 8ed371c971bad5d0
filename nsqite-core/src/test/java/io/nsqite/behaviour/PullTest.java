package io.nsqite.behaviour;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A channel whose messages the test receives. */
abstract class PullTest extends BehaviourTest {

    static final Duration VISIBLE = Duration.ofSeconds(10);

    private final List<PullConsumer> opened = new ArrayList<>();

    PullConsumer mails;

    /** Before the queue, which waits for answers. */
    @AfterEach
    void closePulled() {
        opened.forEach(PullConsumer::close);
    }

    void pull() {
        pull(OPTIONS);
    }

    void pull(ConsumerOptions options) {
        mails = pull(nsqite, options);
    }

    PullConsumer pull(Nsqite member, ConsumerOptions options) {
        PullConsumer pulled = member.pull(CHANNEL.topic(), CHANNEL.channel(), options);
        opened.add(pulled);
        return pulled;
    }

    /** What is there. */
    List<PulledMessage> receive(int max) {
        return receive(mails, max);
    }

    static List<PulledMessage> receive(PullConsumer from, int max) {
        try {
            return from.receive(max, Duration.ZERO, VISIBLE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is there, or comes without that time passes. */
    PulledMessage receiveOne() {
        CompletableFuture<List<PulledMessage>> waiting = waitForOne();
        await(waiting::isDone);
        return waiting.join().get(0);
    }

    CompletableFuture<List<PulledMessage>> waitForOne() {
        return mails.receiveAsync(1, Duration.ofMinutes(1), VISIBLE);
    }

    static List<PulledMessage> answer(CompletableFuture<List<PulledMessage>> waiting) {
        return waiting.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    static String text(PulledMessage message) {
        return new String(message.message().payload(), StandardCharsets.UTF_8);
    }

    static List<String> texts(List<PulledMessage> messages) {
        return messages.stream().map(PullTest::text).toList();
    }

    void finishAll(List<PulledMessage> messages) {
        mails.finish(messages.stream().map(PulledMessage::receipt).toList());
    }

    void awaitServing() {
        await(() -> mails.consumer().state() == Consumer.State.ACTIVE);
    }
}
