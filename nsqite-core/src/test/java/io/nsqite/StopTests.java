package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.PublishException;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(40)
class StopTests {

    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withBackoff(new ExponentialBackoff(Duration.ofSeconds(1), 1, Duration.ofSeconds(1), 0));

    @TempDir
    Path folder;

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;

    @BeforeEach
    void open() {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "300");
        file = new QueueFile(folder, properties);
        timer = new ManualTimer();
        nsqite = Nsqite.builder(file.dataSource()).timer(timer).build();
    }

    @AfterEach
    void close() {
        release.countDown();
        nsqite.close();
    }

    private static String text(Delivery delivery) {
        return new String(delivery.message().payload(), StandardCharsets.UTF_8);
    }

    private void publish(int messages) {
        nsqite.producer()
                .publish(IntStream.range(0, messages)
                        .mapToObj(i -> NewMessage.to("orders", "m" + i))
                        .toList());
    }

    private Consumer consume(MessageHandler handler) {
        return nsqite.consume("orders", "mail", OPTIONS, handler);
    }

    private void handle(Delivery delivery) {
        handled.add(text(delivery));
    }

    private void handleSlowly(Delivery delivery) {
        entered.countDown();
        awaitIgnoringInterrupts(release);
        handle(delivery);
    }

    private static void awaitIgnoringInterrupts(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                open = latch.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                // as a handler that takes no notice
            }
        }
    }

    @Test
    void aRunningHandlerFinishesAndWhatWasNotStartedIsHandledAfterTheNextStart() throws Exception {
        Consumer consumer = consume(this::handleSlowly);
        publish(20);
        entered.await();
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> consumer.stop(LIMIT));
        QueueFile.await(() -> consumer.state() == Consumer.State.STOPPING);
        release.countDown();

        assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(handled).containsExactly("m0");
        assertThat(consumer.state()).isEqualTo(Consumer.State.STOPPED);
        assertThat(file.rows("SELECT owner_id, unclean, in_hand FROM nsqite_channel"))
                .containsExactly("null,0,0");

        consumer.start();
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        assertThat(handled).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void aHandlerThatHangsDoesNotHoldUpTheStopAndItsMessageIsHandledAgain() throws Exception {
        consume(this::handleSlowly);
        publish(5);
        entered.await();

        assertThat(nsqite.consumers().stopAll(Duration.ofMillis(100))).isFalse();
        nsqite.close();
        open();
        List<String> handledNext = new CopyOnWriteArrayList<>();
        consume(delivery -> handledNext.add(text(delivery)));
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);

        assertThat(handledNext).containsExactly("m0", "m1", "m2", "m3", "m4");
        release.countDown();
        QueueFile.await(() -> handled.size() == 1);
        QueueFile.await(() -> file.rows("SELECT unclean FROM nsqite_channel").equals(List.of("0")));
    }

    @Test
    void aRetryThatWasFetchedButNotStartedKeepsItsAttemptsAndItsFailure() throws Exception {
        CountDownLatch bothBusy = new CountDownLatch(2);
        Consumer consumer = nsqite.consume("orders", "mail", OPTIONS.withConcurrency(2), delivery -> {
            if (delivery.attempt() == 1 && !text(delivery).equals("gate")) {
                throw new IllegalStateException("no mail today");
            }
            bothBusy.countDown();
            awaitIgnoringInterrupts(release);
            handle(delivery);
        });
        publish(3);
        QueueFile.await(() ->
                file.rows("SELECT 1 FROM nsqite_delivery WHERE state = 'due'").size() == 3);
        nsqite.producer().publish("orders", "gate");
        QueueFile.await(() -> bothBusy.getCount() == 1);
        QueueFile.await(() -> {
            timer.advance(Duration.ofSeconds(1));
            return bothBusy.getCount() == 0;
        });
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> consumer.stop(LIMIT));
        QueueFile.await(() -> consumer.state() == Consumer.State.STOPPING);
        release.countDown();

        assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(handled).hasSize(2);
        assertThat(file.rows("SELECT state, attempts, error FROM nsqite_delivery"))
                .hasSize(2)
                .containsOnly("due,1,java.lang.IllegalStateException: no mail today");
        assertThat(file.rows("SELECT unclean FROM nsqite_channel")).containsExactly("0");
    }

    @Test
    void aHandlerMayStopItsOwnConsumer() {
        AtomicReference<Consumer> itself = new AtomicReference<>();
        CountDownLatch known = new CountDownLatch(1);
        itself.set(consume(delivery -> {
            awaitIgnoringInterrupts(known);
            handle(delivery);
            itself.get().stop(LIMIT);
        }));
        known.countDown();
        publish(2);
        QueueFile.await(() -> itself.get().state() == Consumer.State.STOPPED && handled.size() == 1);

        Set<String> all = ConcurrentHashMap.newKeySet();
        nsqite.close();
        open();
        consume(delivery -> all.add(text(delivery)));
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        assertThat(all).containsExactlyInAnyOrder("m0", "m1");
    }

    @Test
    void whatIsStartedWhileItStopsBeginsAgainWhenItHasStopped() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Consumer consumer = consume(delivery -> {
            begun.countDown();
            awaitIgnoringInterrupts(release);
            handle(delivery);
        });
        publish(1);
        begun.await();
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(() -> consumer.stop(LIMIT));
        QueueFile.await(() -> consumer.state() == Consumer.State.STOPPING);

        consumer.start();
        release.countDown();

        assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        publish(1);
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        assertThat(handled).hasSize(2);
    }

    @Test
    void aHandlerMayCloseTheQueue() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        consume(delivery -> {
            nsqite.close();
            closed.countDown();
        });
        publish(1);
        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(file.rows("SELECT count(*) FROM nsqite_owner")).containsExactly("0");
    }

    @Test
    void stoppingEndsThoughAnotherProcessHoldsTheWriteLock() throws Exception {
        for (String channel : List.of("mail", "b", "c", "d")) {
            nsqite.consume("orders", channel, OPTIONS, this::handle);
        }
        publish(1);
        QueueFile.await(() -> handled.size() == 4);
        try (Connection other = DriverManager.getConnection(file.dataSource().url());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            CompletableFuture<Void> closed = CompletableFuture.runAsync(nsqite::close);
            closed.get(20, TimeUnit.SECONDS);
            statement.execute("ROLLBACK");
        }

        open();
        consume(this::handle);
        publish(1);
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
        QueueFile.await(() -> file.rows("SELECT done_to FROM nsqite_cursor WHERE priority = 4 AND channel_id = 1")
                .equals(List.of("2")));
        QueueFile.await(() ->
                file.rows("SELECT * FROM nsqite_done WHERE channel_id = 1").isEmpty());
    }

    @Test
    void closingFailsPublishersClearlyAndKeepsWhatTheyWereToldIsStored() throws Exception {
        Set<Long> stored = ConcurrentHashMap.newKeySet();
        List<RuntimeException> refusals = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Void>> publishers = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.runAsync(() -> publishUntilRefused(stored, refusals)))
                .toList();
        QueueFile.await(() -> stored.size() > 200);
        nsqite.close();
        for (CompletableFuture<Void> publisher : publishers) {
            publisher.get(10, TimeUnit.SECONDS);
        }

        assertThat(refusals)
                .hasSize(4)
                .allSatisfy(refusal -> assertThat(refusal)
                        .isInstanceOf(PublishException.class)
                        .hasMessageContaining("The queue is closed"));
        assertThat(file.rows("SELECT count(*) FROM nsqite_message")).containsExactly(String.valueOf(stored.size()));
    }

    private void publishUntilRefused(Set<Long> stored, List<RuntimeException> refusals) {
        while (refusals.size() < 4) {
            try {
                stored.add(nsqite.producer().publish("orders", "x"));
            } catch (RuntimeException refused) {
                refusals.add(refused);
                return;
            }
        }
    }

    @Test
    void aClosedQueueSaysSoWhereverItIsUsed() throws Exception {
        consume(this::handle);
        nsqite.close();
        assertThatThrownBy(() -> nsqite.producer().publish("orders", "x")).hasMessageContaining("The queue is closed");
        assertThatThrownBy(() -> nsqite.admin().channels()).hasMessageContaining("The queue is closed");
        assertThatThrownBy(() -> nsqite.consume("orders", "other", this::handle))
                .hasMessageContaining("The queue is closed; nothing can be written any more");
        try (Connection transaction = file.transaction()) {
            assertThatThrownBy(() -> nsqite.producer().publishTx(transaction, NewMessage.to("new-topic", "x")))
                    .hasMessageContaining("The queue is closed");
        }
    }
}
