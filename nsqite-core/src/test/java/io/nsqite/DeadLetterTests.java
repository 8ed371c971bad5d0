package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterCursor;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.retry.ExponentialBackoff;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are found, replayed and discarded while their consumer, in this process, is at work. Nobody polls. */
@Timeout(40)
class DeadLetterTests {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withMaxAttempts(3)
            .withBackoff(new ExponentialBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0));

    @TempDir
    Path folder;

    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private volatile boolean failing = true;
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
        nsqite.close();
    }

    private void handle(Delivery delivery) {
        attempts.add(delivery.message().id() + "/" + delivery.attempt());
        if (failing) {
            throw new IllegalStateException(new String(delivery.message().payload()));
        }
    }

    /** Consumes what was published until all of it is dead. */
    private List<Long> dead(String... payloads) {
        List<Long> ids = nsqite.producer()
                .publish(IntStream.range(0, payloads.length)
                        .mapToObj(i -> NewMessage.to("orders", payloads[i]))
                        .toList());
        if (nsqite.consumers().all().isEmpty()) {
            nsqite.consume("orders", "mail", OPTIONS, this::handle);
        }
        drain();
        attempts.clear();
        return ids;
    }

    private void drain() {
        admin.awaitDrained(CHANNEL, LIMIT);
    }

    private List<Long> deadIds() {
        return admin.deadLetters(DeadLetterQuery.all()).stream()
                .map(dead -> dead.message().id())
                .toList();
    }

    @Test
    void aReplayedMessageHasAllItsAttemptsBeforeIt() {
        List<Long> ids = dead("a", "b");
        assertThat(admin.replay(CHANNEL, ids.get(1))).isTrue();
        drain();
        assertThat(attempts).containsExactly("2/1", "2/2", "2/3");
        assertThat(deadIds()).isEqualTo(ids);

        failing = false;
        attempts.clear();
        assertThat(admin.replay(CHANNEL, ids.get(0))).isTrue();
        drain();
        assertThat(attempts).containsExactly("1/1");
        assertThat(deadIds()).containsExactly(2L);
        assertThat(admin.replay(CHANNEL, ids.get(0))).isFalse();
        assertThat(admin.replay(CHANNEL, 99)).isFalse();
    }

    @Test
    void aReplayWaitsWhileTheChannelIsPausedOrNobodyServesIt() {
        long id = dead("a").get(0);
        failing = false;
        admin.pause(CHANNEL);
        admin.replay(CHANNEL, id);
        assertThat(admin.channels().get(0).retrying()).isEqualTo(1);
        assertThat(attempts).isEmpty();

        Consumer consumer = nsqite.consumers().all().get(0);
        consumer.stop(LIMIT);
        admin.resume(CHANNEL);
        assertThat(attempts).isEmpty();
        consumer.start();
        drain();
        assertThat(attempts).containsExactly("1/1");
        assertThat(deadIds()).isEmpty();
    }

    @Test
    void allThatAQueryFindsAreReplayed() {
        dead("timeout", "refused", "TimeOut 100%", "refused");
        failing = false;
        assertThat(admin.replayAll(DeadLetterQuery.of(CHANNEL).withErrorContaining("timeout")))
                .isEqualTo(2);
        drain();
        assertThat(attempts).containsExactlyInAnyOrder("1/1", "3/1");
        assertThat(admin.replayAll(DeadLetterQuery.all().withTopic("other"))).isZero();
        assertThat(admin.replayAll(DeadLetterQuery.all().withLimit(1))).isEqualTo(1);
        drain();
        assertThat(deadIds()).containsExactly(4L);
        assertThat(admin.replayAll(DeadLetterQuery.all())).isEqualTo(1);
        drain();
        assertThat(deadIds()).isEmpty();
    }

    @Test
    void manyThatDieAgainMeanwhileAreReplayedOnce() {
        String[] payloads = IntStream.range(0, 1300).mapToObj(Integer::toString).toArray(String[]::new);
        nsqite.consume("orders", "mail", OPTIONS.withMaxAttempts(1).withConcurrency(20), this::handle);
        dead(payloads);
        assertThat(admin.replayAll(DeadLetterQuery.all())).isEqualTo(1300);
        drain();
        assertThat(attempts).hasSize(1300);
        assertThat(admin.channels().get(0).dead()).isEqualTo(1300);
    }

    @Test
    void aDiscardedLetterIsSettled() throws Exception {
        List<Long> ids = dead("a", "b");
        assertThat(admin.discard(CHANNEL, ids.get(0))).isTrue();
        assertThat(admin.discard(CHANNEL, ids.get(0))).isFalse();
        assertThat(deadIds()).containsExactly(2L);
        assertThat(file.rows("SELECT * FROM nsqite_done")).isEmpty();

        failing = false;
        admin.rewind(CHANNEL, 1);
        drain();
        assertThat(attempts).as("only a rewind brings it back").containsExactly("1/1");
    }

    @Test
    void oneThatIsDiscardedAboveTheCursorDoesNotComeAgain() throws Exception {
        dead("a", "b");
        failing = false;
        admin.rewind(CHANNEL, 1); // dead letters stay, and are above the cursor for a moment
        admin.discard(CHANNEL, 2);
        drain();
        assertThat(deadIds()).containsExactly(1L);
        dead("c");
        assertThat(file.rows("SELECT * FROM nsqite_done"))
                .as("the cursor has passed it")
                .isEmpty();
    }

    @Test
    void pagesFollowEachOtherByATextThatFitsIntoAUrl() {
        List<Long> ids = dead("a", "b", "c", "d", "e");
        List<Long> seen = new ArrayList<>();
        DeadLetterQuery query = DeadLetterQuery.of(CHANNEL).withLimit(2);
        List<DeadLetter> page = admin.deadLetters(query);
        while (!page.isEmpty()) {
            page.forEach(dead -> seen.add(dead.message().id()));
            String cursor = page.get(page.size() - 1).cursor().toString();
            assertThat(cursor).matches("[.a-zA-Z0-9_-]+");
            page = admin.deadLetters(query.withAfter(DeadLetterCursor.of(cursor)));
        }
        assertThat(seen).isEqualTo(ids);
    }

    @Test
    void lettersAreFoundByTheTimeOfTheirFailure() throws Exception {
        dead("a", "b", "c");
        file.execute("UPDATE nsqite_delivery SET failed_at = message_id * 1000");
        DeadLetterQuery all = DeadLetterQuery.all();
        assertThat(admin.deadLetters(all.withFailedFrom(Instant.ofEpochMilli(2000))))
                .hasSize(2);
        assertThat(admin.deadLetters(all.withFailedBefore(Instant.ofEpochMilli(2000))))
                .hasSize(1);
        assertThat(admin.deadLetters(
                        all.withFailedFrom(Instant.ofEpochMilli(1001)).withFailedBefore(Instant.ofEpochMilli(2001))))
                .singleElement()
                .satisfies(dead -> assertThat(dead.message().id()).isEqualTo(2));
        Instant withinAMillisecond = Instant.ofEpochMilli(2000).plusNanos(1);
        assertThat(admin.deadLetters(all.withFailedBefore(withinAMillisecond))).hasSize(1);
        assertThat(admin.deadLetters(all.withFailedFrom(withinAMillisecond))).hasSize(2);
        assertThat(admin.deadLetters(all.withFailedFrom(Instant.MIN).withFailedBefore(Instant.MAX)))
                .hasSize(3);
    }

    @Test
    void aQueryThatMakesNoSenseIsRefusedWithNameValueAndRule() {
        DeadLetterQuery all = DeadLetterQuery.all();
        assertThatThrownBy(() -> all.withTopic("a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> all.withLimit(1001)).hasMessageContaining("1 to 1000 but was 1001");
        assertThatThrownBy(() -> all.withLimit(-1)).hasMessageContaining("1 to 1000 but was -1");
        assertThatThrownBy(() -> all.withErrorContaining("")).hasMessageContaining("empty");
        assertThatThrownBy(() -> all.withFailedFrom(Instant.EPOCH).withFailedBefore(Instant.EPOCH))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1970-01-01T00:00:00Z");
        for (String text : List.of("", "42", "mail", ".mail", "42.", "x.mail", "-1.mail", "42.a b")) {
            assertThatThrownBy(() -> DeadLetterCursor.of(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reads like 42.mail")
                    .hasMessageContaining("'" + text + "'");
        }
        assertThat(DeadLetterCursor.of("42.a.b")).isEqualTo(new DeadLetterCursor(42, "a.b"));
        assertThat(DeadLetterQuery.of(new ChannelName("t", "c")))
                .isEqualTo(all.withTopic("t").withChannel("c"));
    }
}
