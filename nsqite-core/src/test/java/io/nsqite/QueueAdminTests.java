package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static io.nsqite.QueueFile.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.sqlite.SqliteConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operating a queue whose consumers run in this process; nobody polls, so what is noticed is noticed by a signal. */
@Timeout(40)
class QueueAdminTests {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withConcurrency(2)
            .withMaxAttempts(2)
            .withBackoff(new ExponentialBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));

    @TempDir
    Path folder;

    private final List<Long> handled = new CopyOnWriteArrayList<>();
    private final Semaphore holding = new Semaphore(0);
    private final CountDownLatch release = new CountDownLatch(1);
    private QueueFile file;
    private Nsqite nsqite;
    private QueueAdmin admin;

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

    private Consumer consume() {
        Consumer consumer = nsqite.consume("orders", "mail", OPTIONS, this::handle);
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        return consumer;
    }

    private void handle(Delivery delivery) throws InterruptedException {
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

    private void awaitHolding(int handlers) {
        await(() -> holding.tryAcquire(handlers));
    }

    private long publish(String payload) {
        return nsqite.producer().publish("orders", payload);
    }

    private List<Long> publishMany(int count) {
        return nsqite.producer()
                .publish(LongStream.range(0, count)
                        .mapToObj(number -> NewMessage.to("orders", "message-" + number))
                        .toList());
    }

    private ChannelStatus status() {
        return admin.channels().stream()
                .filter(status -> status.name().equals(CHANNEL))
                .findFirst()
                .orElseThrow();
    }

    private void drain() {
        admin.awaitDrained(CHANNEL, LIMIT);
    }

    // ---- pause and resume ----

    @Test
    void aPausedChannelHandsOutNothingFromTheReturnOfTheCallOnUntilItIsResumed() {
        consume();
        admin.pause(CHANNEL);
        nsqite.consume("orders", "audit", delivery -> holding.release());
        List<Long> published = publishMany(50);
        awaitHolding(50);

        assertThat(handled).isEmpty();
        assertThat(status().paused()).isTrue();
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void aPauseLeavesWhatIsInHandToItsHandlerAndHoldsItsRetryBack() {
        consume();
        publish("hold-fail");
        awaitHolding(1);
        admin.pause(CHANNEL);
        release.countDown();
        await(() -> status().retrying() == 1);
        assertThat(status().dead()).isZero();

        admin.resume(CHANNEL);
        drain();
        assertThat(status().dead()).isEqualTo(1);
    }

    @Test
    void aPauseOutlastsARestart() {
        consume();
        admin.pause(CHANNEL);
        long id = publish("x");
        nsqite.close();
        open();
        Consumer consumer = consume();
        assertThat(status().paused()).isTrue();
        assertThat(status().ownerId()).as("it is served all the same").isNotNull();
        assertThat(consumer.stop(LIMIT)).isTrue();
        assertThat(handled).isEmpty();
        consumer.start();
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).containsExactly(id);
    }

    // ---- rewind ----

    @Test
    void everythingFromTheMessageOnComesAgainInItsOrder() {
        consume();
        List<Long> published = publishMany(100);
        drain();
        handled.clear();
        admin.rewind(CHANNEL, published.get(60));
        drain();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published.subList(60, 100));

        handled.clear();
        admin.rewind(CHANNEL, 1);
        drain();
        assertThat(handled).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void whatWasHandledJustBeforeTheCallComesAgain() {
        consume();
        for (int round = 0; round < 50; round++) {
            long id = publish("x");
            await(() -> handled.contains(id));
            handled.clear();
            admin.rewind(CHANNEL, id);
            await(() -> handled.contains(id));
            handled.clear();
        }
        drain();
        assertThat(handled).isEmpty();
    }

    @Test
    void whatIsInHandIsNotHandedOutOnceMore() {
        consume();
        List<Long> published = publishMany(10);
        long held = publish("hold");
        awaitHolding(1);
        List<Long> later = publishMany(10);
        await(() -> handled.size() == 20);
        handled.clear();

        admin.rewind(CHANNEL, 1);
        await(() -> handled.size() == 20);
        assertThat(holding.availablePermits()).isZero();
        release.countDown();
        drain();

        assertThat(handled).containsAll(published).containsAll(later).contains(held);
        assertThat(handled).hasSize(21);
    }

    @Test
    void deadLettersStayDeadAndWhatWaitsForARetryComesAsNew() throws Exception {
        consume();
        publish("fail");
        long retried = publish("hold-fail");
        awaitHolding(1);
        await(() -> status().dead() == 1);
        admin.rewind(CHANNEL, 1);
        release.countDown();
        drain();
        assertThat(status().dead()).isEqualTo(2);
        assertThat(admin.deadLetters(DeadLetterQuery.all()))
                .extracting(dead -> dead.message().id(), dead -> dead.attempts())
                .contains(org.assertj.core.groups.Tuple.tuple(retried, 2));
        assertThat(file.rows("SELECT message_id FROM nsqite_done")).isEmpty();
    }

    @Test
    void aChannelIsRewoundToATime() throws Exception {
        consume();
        publishMany(10);
        drain();
        file.execute("UPDATE nsqite_message SET published_at = id * 1000");
        handled.clear();

        admin.rewind(CHANNEL, Instant.ofEpochMilli(6500));
        drain();
        assertThat(handled).containsExactlyInAnyOrder(7L, 8L, 9L, 10L);

        handled.clear();
        admin.rewind(CHANNEL, Instant.ofEpochMilli(7000).plusNanos(1));
        drain();
        assertThat(handled).containsExactlyInAnyOrder(8L, 9L, 10L);

        handled.clear();
        admin.rewind(CHANNEL, Instant.ofEpochMilli(11_000));
        admin.rewind(CHANNEL, Instant.MAX);
        assertThat(handled).isEmpty();
        admin.rewind(CHANNEL, Instant.MIN);
        drain();
        assertThat(handled).hasSize(10);
    }

    @Test
    void aChannelIsNotMovedForward() {
        consume();
        publishMany(3);
        drain();
        admin.pause(CHANNEL);
        publishMany(3);
        assertThatThrownBy(() -> admin.rewind(CHANNEL, 6))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("orders.mail can't be rewound to message 6, as it is only at message 3")
                .hasMessageContaining("purge");
        assertThatThrownBy(() -> admin.rewind(CHANNEL, Instant.MAX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("it is only at message 3");
        assertThatThrownBy(() -> admin.rewind(CHANNEL, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message 0");
        admin.rewind(CHANNEL, 4); // is where it is
        admin.resume(CHANNEL);
        drain();
        assertThat(handled).hasSize(6);
    }

    @Test
    void messagesOfOtherTopicsAreNothingToBeSkipped() {
        consume();
        long id = publish("x");
        drain();
        nsqite.producer().publish("other", "x");
        long newest = nsqite.producer().publish("other", "x");
        admin.rewind(CHANNEL, newest + 1);
        admin.rewind(CHANNEL, newest + 100);
        drain();
        assertThat(handled).containsExactly(id);
    }

    // ---- purge ----

    @Test
    void aPurgeDropsWhatWaitsInMemoryAndLeavesWhatIsInHandToItsHandler() {
        consume();
        long held = publish("hold");
        long alsoHeld = publish("hold");
        publishMany(700);
        awaitHolding(2);

        assertThat(admin.purge(CHANNEL)).as("with those in hand").isEqualTo(702);
        release.countDown();
        await(() -> handled.size() == 2);
        assertThat(handled).containsExactlyInAnyOrder(held, alsoHeld);

        long next = publish("x");
        drain();
        assertThat(handled).contains(next).hasSize(3);
    }

    @Test
    void aPurgeDropsRetriesAndKeepsDeadLetters() throws Exception {
        consume();
        publish("fail");
        drain();
        publish("hold-fail");
        awaitHolding(1);
        admin.pause(CHANNEL);
        release.countDown();
        await(() -> status().retrying() == 1);

        assertThat(admin.purge(CHANNEL)).isEqualTo(1);
        admin.resume(CHANNEL);
        publish("x");
        drain();
        assertThat(status().dead()).isEqualTo(1);
        assertThat(handled).hasSize(1);
        assertThat(file.rows("SELECT message_id FROM nsqite_done")).isEmpty();
    }

    // ---- delete ----

    @Test
    void theConsumerOfADeletedChannelStopsUntilItIsStartedExplicitly() throws Exception {
        Consumer consumer = consume();
        publishMany(5);
        publish("fail");
        drain();
        long before = Long.parseLong(file.rows("SELECT id FROM nsqite_channel").get(0));

        try (RecordedLog log = RecordedLog.open()) {
            admin.delete(CHANNEL);
            assertThat(consumer.state()).isEqualTo(Consumer.State.STOPPED);
            assertThat(log.lines(Level.INFO, "orders.mail: an operator deleted the channel"))
                    .hasSize(1);
            assertThat(log.lines(Level.WARN, "")).isEmpty();
        }
        assertThat(admin.channels()).isEmpty();
        assertThat(admin.deadLetters(DeadLetterQuery.all())).isEmpty();
        publishMany(3);
        await(() -> file.rows("SELECT channel_id FROM nsqite_cursor").isEmpty());
        assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();

        consumer.start();
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        long later = publish("x");
        drain();
        assertThat(handled).as("it starts at the end").hasSize(6).endsWith(later);
        assertThat(file.rows("SELECT id FROM nsqite_channel WHERE deleted = 0"))
                .noneMatch(id -> Long.parseLong(id) <= before);
    }

    @Test
    void answersToWhatWasInHandWhenTheChannelWasDeletedAreDropped() throws Exception {
        consume();
        publish("hold");
        publish("hold-fail");
        awaitHolding(2);
        try (RecordedLog log = RecordedLog.open()) {
            admin.delete(CHANNEL);
            release.countDown();
            await(() -> log.lines(Level.WARN, "is dropped, as the channel was given up meanwhile")
                            .size()
                    == 2);
        }
        await(() -> file.rows("SELECT channel_id FROM nsqite_cursor").isEmpty());
        assertThat(file.rows("SELECT * FROM nsqite_done")).isEmpty();
        assertThat(file.rows("SELECT * FROM nsqite_delivery")).isEmpty();
    }

    @Test
    void aHandlerDeletesItsOwnChannel() {
        Consumer consumer =
                nsqite.consume("orders", "mail", delivery -> nsqite.admin().delete(CHANNEL));
        publish("x");
        await(() ->
                consumer.state() == Consumer.State.STOPPED && admin.channels().isEmpty());
    }

    @Test
    void theMarkOfADeletedChannelGoesWhenTheQueueIsOpenedByNobodyElse() throws Exception {
        consume();
        admin.delete(CHANNEL);
        Nsqite second = Nsqite.builder(file.dataSource()).build();
        second.producer().publish("orders", "x");
        second.close();
        assertThat(file.rows("SELECT name FROM nsqite_channel")).containsExactly("mail");

        nsqite.close();
        open();
        await(() -> file.rows("SELECT name FROM nsqite_channel").isEmpty());
    }

    @Test
    void whatWasLeftOfADeletedChannelInACrashGoesAtTheNextStart() throws Exception {
        consume();
        publish("fail");
        drain();
        nsqite.close();
        file.execute("UPDATE nsqite_channel SET deleted = 1");
        open();
        await(() -> file.rows("SELECT channel_id FROM nsqite_delivery UNION ALL SELECT channel_id FROM nsqite_cursor")
                .isEmpty());
    }

    // ---- in general ----

    @Test
    void anUnknownChannelIsToldWithThoseThereAre() {
        consume();
        ChannelName unknown = new ChannelName("orders", "male");
        List<Runnable> calls = List.of(
                () -> admin.pause(unknown),
                () -> admin.resume(unknown),
                () -> admin.rewind(unknown, 1),
                () -> admin.rewind(unknown, Instant.EPOCH),
                () -> admin.purge(unknown),
                () -> admin.delete(unknown),
                () -> admin.replay(unknown, 1),
                () -> admin.discard(unknown, 1),
                () -> admin.awaitDrained(unknown, LIMIT));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call::run)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("There is no channel 'male' of topic 'orders'; there are [orders.mail]"));
    }

    @Test
    void aCallInATransactionThatWritesFailsAtOnceWithAdviceAndOneThatReadsDoesNotMatter() throws Exception {
        consume();
        try (SqliteConnection connection = file.transaction();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (x INTEGER)");
            assertThatThrownBy(() -> admin.pause(CHANNEL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Pausing channel orders.mail failed")
                    .hasMessageContaining("end that transaction first");
            connection.rollback();
        }
        assertThat(status().paused()).isFalse();
        try (SqliteConnection connection = file.transaction()) {
            connection.setReadOnly(true);
            assertThat(connection.createStatement().executeQuery("SELECT 1").next())
                    .isTrue();
            admin.pause(CHANNEL);
        }
        assertThat(status().paused()).isTrue();
    }

    @Test
    void allChannelsOfATopicOrOfAllTopicsAreAwaited() {
        consume();
        nsqite.consume("other", "mail", delivery -> release.await());
        publishMany(100);
        nsqite.producer().publish("other", "x");
        admin.awaitDrained("orders", LIMIT);
        assertThat(handled).hasSize(100);

        assertThatThrownBy(() -> admin.awaitDrained(Duration.ofMillis(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("The channels were not drained within PT0.02S: other.mail has 1 waiting");
        CompletableFuture<Void> drained = CompletableFuture.runAsync(() -> admin.awaitDrained(LIMIT));
        release.countDown();
        drained.join();
        assertThatThrownBy(() -> admin.awaitDrained("ordres", LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no topic 'ordres'; there are [orders, other]");
    }
}
