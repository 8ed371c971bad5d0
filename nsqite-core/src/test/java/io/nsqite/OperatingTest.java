package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A queue with a consumer that holds or fails at what it is told to. Nobody polls, so what is noticed is noticed by a signal. */
@Timeout(40)
abstract class OperatingTest {

    static final Duration NEVER = Duration.ofHours(1);
    static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withConcurrency(2)
            .withMaxAttempts(2)
            .withBackoff(new ExponentialBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));

    @TempDir
    Path folder;

    final List<Long> handled = new CopyOnWriteArrayList<>();
    final Semaphore holding = new Semaphore(0);
    final CountDownLatch release = new CountDownLatch(1);
    QueueFile file;
    Nsqite nsqite;
    QueueAdmin admin;

    @BeforeEach
    void open() {
        file = new QueueFile(folder);
        nsqite = Nsqite.builder(file.dataSource())
                .options(NsqiteOptions.defaults().withPollIntervals(NEVER, NEVER))
                .build();
        admin = nsqite.admin();
    }

    @AfterEach
    void close() {
        release.countDown();
        nsqite.close();
    }

    Consumer consume() {
        Consumer consumer = nsqite.consume("orders", "mail", OPTIONS, this::handle);
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        return consumer;
    }

    void handle(Delivery delivery) throws InterruptedException {
        String payload = new String(delivery.message().payload(), StandardCharsets.UTF_8);
        if (payload.startsWith("hold")) {
            holding.release();
            release.await();
        }
        if (payload.endsWith("fail")) {
            throw new IllegalStateException("told to fail");
        }
        handled.add(delivery.message().id());
    }

    void awaitHolding(int handlers) {
        await(() -> holding.tryAcquire(handlers));
    }

    long publish(String payload) {
        return nsqite.producer().publish("orders", payload);
    }

    List<Long> publishMany(int count) {
        return nsqite.producer()
                .publish(LongStream.range(0, count)
                        .mapToObj(number -> NewMessage.to("orders", "message-" + number))
                        .toList());
    }

    ChannelStatus status() {
        return admin.channels().stream()
                .filter(status -> status.name().equals(CHANNEL))
                .findFirst()
                .orElseThrow();
    }

    void drain() {
        admin.awaitDrained(CHANNEL, LIMIT);
    }
}
