package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.CallerTransaction;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class CancelTests {

    @TempDir
    Path folder;

    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();
    private QueueFile file;
    private Nsqite nsqite;

    @BeforeEach
    void open() throws Exception {
        file = new QueueFile(folder);
        nsqite = builder().build();
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private NsqiteBuilder builder() throws Exception {
        return Nsqite.builder(file.dataSource()).callerTransaction(new CallerTransaction() {
            @Override
            public @Nullable Connection current() {
                return current.get();
            }

            @Override
            public RuntimeException illegalState(String advice) {
                return new IllegalStateException(advice);
            }
        });
    }

    private Consumer consume(ConsumerOptions options) {
        return nsqite.consume(
                "orders",
                "mail",
                options,
                delivery -> handled.add(text(delivery.message().payload())));
    }

    private static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8);
    }

    private Consumer createChannel() {
        return nsqite.consumers()
                .register(List.of(new Subscription(
                        "orders",
                        "mail",
                        ConsumerOptions.defaults(),
                        delivery -> handled.add(text(delivery.message().payload())))))
                .get(0);
    }

    private long publish(String text) {
        return nsqite.producer().publish("orders", text);
    }

    private void awaitDrained() {
        nsqite.admin().awaitDrained(CHANNEL, LIMIT);
    }

    @Test
    void whatWaitsForItsTimeIsCancelledAndItsDeduplicationKeyIsFree() throws Exception {
        consume(ConsumerOptions.defaults());
        NewMessage reminder = NewMessage.to("orders", "reminder")
                .withDelay(Duration.ofDays(3))
                .withDeduplicationKey("once");
        long id = nsqite.producer().publish(reminder);
        QueueFile.await(() -> file.rows("SELECT 1 FROM nsqite_delivery").size() == 1);

        assertThat(nsqite.producer().cancel(id)).isTrue();

        assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();
        assertThat(nsqite.producer().cancel(id)).as("again").isFalse();
        assertThat(nsqite.producer().publish(reminder)).isGreaterThan(id);
    }

    @Test
    void whatNobodyServesIsCancelledAndWhatIsHandledIsNot() throws Exception {
        Consumer consumer = createChannel();
        long first = publish("first");
        long second = publish("second");

        assertThat(nsqite.producer().cancel(first)).isTrue();
        consumer.start();
        awaitDrained();

        assertThat(handled).containsExactly("second");
        assertThat(nsqite.producer().cancel(second)).isFalse();
        assertThat(nsqite.producer().cancel(4711)).isFalse();
        assertThat(publish("third")).isGreaterThan(second);
    }

    @ParameterizedTest
    @EnumSource(KeyOrder.class)
    void whatWaitsInMemoryBehindAnotherIsCancelled(KeyOrder order) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        nsqite.consume("orders", "mail", ConsumerOptions.defaults().withKeyOrder(order), delivery -> {
            begun.countDown();
            gate.await();
            handled.add(text(delivery.message().payload()));
        });
        List<Long> ids = nsqite.producer()
                .publish(List.of(
                        NewMessage.to("orders", "a").withKey("k"),
                        NewMessage.to("orders", "b").withKey("k"),
                        NewMessage.to("orders", "c").withKey("k")));
        begun.await();

        assertThat(nsqite.producer().cancel(ids.get(1))).isTrue();
        assertThat(nsqite.producer().cancel(ids.get(0))).as("in hand").isFalse();
        gate.countDown();
        awaitDrained();

        assertThat(handled).containsExactly("a", "c");
        assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();
    }

    @Test
    void whatIsReservedIsNotHandedOutAndComesIfTheTransactionRollsBack() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Semaphore gate = new Semaphore(0);
        nsqite.consume("orders", "mail", ConsumerOptions.defaults(), delivery -> {
            begun.countDown();
            gate.acquire();
            handled.add(text(delivery.message().payload()));
        });
        publish("a");
        long b = publish("b");
        publish("c");
        begun.await();
        try (SqliteConnection transaction = file.transaction()) {
            current.set(transaction);
            assertThat(nsqite.producer().cancel(b)).isTrue();
            gate.release(10);
            QueueFile.await(() -> handled.equals(List.of("a", "c")));
            transaction.rollback();
        }
        awaitDrained();
        assertThat(handled).containsExactly("a", "c", "b");
    }

    @Test
    void aSavepointThatTakesTheCancelBackTakesTheReservationBack() throws Exception {
        consume(ConsumerOptions.defaults()).pause();
        long id = publish("a");
        try (SqliteConnection transaction = file.transaction()) {
            current.set(transaction);
            Savepoint before = transaction.setSavepoint();
            assertThat(nsqite.producer().cancel(id)).isTrue();
            transaction.rollback(before);
            transaction.commit();
        }
        nsqite.consumers().all().get(0).resume();
        awaitDrained();
        assertThat(handled).containsExactly("a");
    }

    @Test
    void whatAnotherProcessMayHaveReadIsNotCancelledUnlessItIsDueLater() throws Exception {
        consume(ConsumerOptions.defaults()).pause();
        long now = publish("now");
        long later = nsqite.producer().publish(NewMessage.to("orders", "later").withDelay(Duration.ofHours(1)));
        try (Nsqite other = Nsqite.builder(file.dataSource()).build()) {
            assertThat(other.producer().cancel(now)).isFalse();
            assertThat(other.producer().cancel(later)).isTrue();
        }
    }

    @Test
    void everyMessageIsEitherCancelledOrHandled() throws Exception {
        ConsumerOptions options = ConsumerOptions.defaults().withConcurrency(3);
        consume(options);
        Random random = new Random(1);
        List<String> kept = new ArrayList<>();
        List<long[]> published = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            published.add(new long[] {publish(String.valueOf(i)), i});
            long[] victim = published.get(published.size() - 1 - random.nextInt(Math.min(3, published.size())));
            if (random.nextBoolean() && nsqite.producer().cancel(victim[0])) {
                victim[1] = -1;
            }
        }
        published.stream().filter(message -> message[1] >= 0).forEach(message -> kept.add(String.valueOf(message[1])));
        awaitDrained();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(kept);
    }
}
