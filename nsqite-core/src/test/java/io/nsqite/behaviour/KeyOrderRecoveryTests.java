package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of a key across restarts, takeovers and changes of the order itself. */
abstract class KeyOrderRecoveryTests extends KeyOrderTest {

    private final KeyedRuns later = new KeyedRuns();

    private void failAtFirst(Delivery delivery) {
        if (text(delivery).equals("a1") && delivery.attempt() == 1) {
            throw new IllegalStateException("no mail today");
        }
    }

    @Test
    void aRestartKeepsMessagesBehindOneThatWaitsForItsRetry() throws Exception {
        consume(ORDERED, runs.watching(this::failAtFirst));
        publishKeyed("a", 0, 5);
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        restart();
        publishKeyed("a", 5, 8);
        publishKeyed("b", 0, 3);
        consume(ORDERED, later.watching(this::failAtFirst));
        await(() -> later.of("b").size() == 3);
        assertThat(later.of("a")).isEmpty();
        members.pass(SECOND);
        drain();
        assertThat(runs.of("a")).containsExactly("a0 1", "a1 1");
        assertThat(later.of("a")).startsWith("a1 2").hasSize(7);
        assertThat(later.messagesOf("a")).isEqualTo(texts("a", 1, 8));
        assertThat(later.sideBySide()).isEmpty();
    }

    @Test
    void aRestartKeepsTheOrderOfAHotKey() throws Exception {
        consume(ORDERED, runs.watching(this::failAtFirst));
        publishKeyed("a", 0, 1500);
        publishKeyed("b", 0, 3);
        await(() -> runs.of("b").size() == 3 && runs.of("a").size() == 2);
        restart();
        consume(ORDERED, later.watching(this::failAtFirst));
        drain();
        assertThat(runs.of("a")).containsExactly("a0 1", "a1 1");
        assertThat(later.messagesOf("a")).isEqualTo(texts("a", 1, 1500));
        assertThat(later.of("a")).hasSize(1499);
        assertThat(later.sideBySide()).isEmpty();
    }

    private void holdAtTwo(Delivery delivery) {
        if (text(delivery).equals("a2")) {
            gate.pass();
        }
        failAtFirst(delivery);
    }

    @Test
    void aTakeoverGoesOnWithWhatWasNotSettledAndKeepsTheOrder() throws Exception {
        consume(ORDERED, runs.watching(this::holdAtTwo));
        publishKeyed("a", 0, 30);
        publishKeyed("b", 0, 30);
        passUntil(() -> runs.of("a").contains("a2 1"));
        Nsqite other = openMember();
        takeOverFrom(nsqite, consume(other, ORDERED, later.watching(this::failAtFirst)));
        passUntil(() -> later.of("a").contains("a29 1") && status().isDrained());
        assertThat(later.messagesOf("a")).endsWith(texts("a", 2, 30).toArray(String[]::new));
        assertThat(later.messagesOf("a")).doesNotHaveDuplicates();
        assertThat(later.sideBySide()).isEmpty();
        gate.open();
    }

    @Test
    void aDropWithoutOrderKeepsTheOrder() throws Exception {
        Consumer dropped = consume(ORDERED, runs.watching(this::holdAtTwo));
        publishKeyed("a", 0, 30);
        publishKeyed("b", 0, 30);
        passUntil(() -> runs.of("a").contains("a2 1"));
        assertThat(dropped.stop(Duration.ZERO)).isFalse();
        members.hang(nsqite);
        Nsqite other = openMember();
        consume(other, ORDERED, later.watching(this::failAtFirst));
        passUntil(() -> status().isDrained() && !queue.isUnclean());
        assertThat(later.messagesOf("a")).isEqualTo(texts("a", 2, 30));
        assertThat(later.sideBySide()).isEmpty();
        gate.open();
    }

    private void dieAtOne(Delivery delivery) {
        if (text(delivery).equals("a1") && runs.of("a").size() == 2) {
            throw new IllegalStateException("no mail today");
        }
    }

    private void killOne(KeyOrder order) {
        consume(ORDERED.withKeyOrder(order).withMaxAttempts(1), runs.watching(this::dieAtOne));
        publishKeyed("a", 0, 4);
        publishKeyed("b", 0, 4);
        await(() -> runs.of("b").size() == 4 && deadLetters().size() == 1);
    }

    @Test
    void aKeyGoesOnBehindADeadLetter() {
        killOne(KeyOrder.SKIP_DEAD);
        drain();
        assertThat(runs.of("a")).isEqualTo(firstAttempts("a", 0, 4));
    }

    /** How the operator ends what is dead. */
    enum Verdict {
        REPLAY {
            @Override
            void carryOut(Nsqite nsqite, long message) {
                assertThat(nsqite.admin().replay(CHANNEL, message)).isTrue();
            }
        },
        DISCARD {
            @Override
            void carryOut(Nsqite nsqite, long message) {
                assertThat(nsqite.admin().discard(CHANNEL, message)).isTrue();
            }
        };

        abstract void carryOut(Nsqite nsqite, long message);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsHeldBehindADeadLetterUntil(Verdict verdict) {
        killOne(KeyOrder.HOLD_BEHIND_DEAD);
        publishKeyed("a", 4, 6);
        publishKeyed("b", 4, 6);
        await(() -> runs.of("b").size() == 6);
        assertThat(runs.of("a")).containsExactly("a0 1", "a1 1");

        verdict.carryOut(nsqite, deadLetters().get(0).message().id());
        drain();
        List<String> expected = new ArrayList<>(List.of("a0 1", "a1 1"));
        expected.addAll(firstAttempts("a", verdict == Verdict.REPLAY ? 1 : 2, 6));
        assertThat(runs.of("a")).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void aKeyIsHeldBehindADeadLetterAcrossARestartUntil(Verdict verdict) {
        killOne(KeyOrder.HOLD_BEHIND_DEAD);
        restart();
        consume(ORDERED.withKeyOrder(KeyOrder.HOLD_BEHIND_DEAD).withMaxAttempts(1), later.watching(delivery -> {}));
        publishKeyed("a", 4, 6);
        publishKeyed("b", 4, 6);
        await(() -> later.of("b").size() == 2);
        assertThat(later.of("a")).isEmpty();

        verdict.carryOut(nsqite, deadLetters().get(0).message().id());
        drain();
        assertThat(later.of("a")).isEqualTo(firstAttempts("a", verdict == Verdict.REPLAY ? 1 : 2, 6));
    }

    @Test
    void aRetryFromTimesWithoutOrderWaitsForWhatWasPublishedBefore() throws Exception {
        AtomicReference<Consumer> consumer = new AtomicReference<>();
        consumer.set(consume(OPTIONS, delivery -> {
            gate.pass();
            consumer.get().pause();
            throw new IllegalStateException("no mail today");
        }));
        publish(message("gate").withPriority(9));
        gate.awaitArrivals(1);
        publish(message("a0").withKey("a").withPriority(1));
        publish(message("a1").withKey("a").withPriority(8));
        gate.open();
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        consumer.get().resume();
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 2);
        restart();
        members.pass(SECOND);
        consume(ORDERED, runs.watching(delivery -> {}));
        drain();
        assertThat(runs.of("a")).containsExactly("a0 1", "a1 2");
    }

    @Test
    void aChannelMayBecomeOrderedAndUnorderedAgain() throws Exception {
        Set<String> done = new TreeSet<>();
        List<String> twice = new ArrayList<>();
        int published = 0;
        ConsumerOptions unordered = OPTIONS.withConcurrency(5);
        for (ConsumerOptions options : List.of(unordered, ORDERED, unordered, ORDERED, unordered)) {
            nsqite.producer().publish(mixed(published, published + 120));
            published += 120;
            int enough = done.size() + 70;
            consume(options, delivery -> {
                if (delivery.message().id() % 5 == 0 && delivery.attempt() == 1) {
                    throw new IllegalStateException("no mail today");
                }
                synchronized (done) {
                    if (!done.add(text(delivery))) {
                        twice.add(text(delivery));
                    }
                }
            });
            passUntil(() -> {
                synchronized (done) {
                    return done.size() >= enough;
                }
            });
            restart();
        }
        consume(ORDERED.withConcurrency(1), delivery -> {
            if (!done.add(text(delivery))) {
                twice.add(text(delivery));
            }
        });
        drain();
        assertThat(twice).isEmpty();
        assertThat(done).hasSize(published);
    }

    private static List<NewMessage> mixed(int from, int to) {
        List<NewMessage> messages = new ArrayList<>();
        for (int number = from; number < to; number++) {
            NewMessage message = message("m" + number).withPriority(number % 3 == 0 ? 4 : number % 10);
            if (number % 4 != 0) {
                message = message.withKey("k" + number % 7);
            }
            messages.add(number % 11 == 0 ? message.withDelay(SECOND) : message);
        }
        return messages;
    }
}
