package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One message of a key at a time, in the order of publishing, while other keys go on. */
abstract class KeyOrderTests extends KeyOrderTest {

    private static final List<String> KEYS = List.of("a", "b", "c", "d", "e", "f", "g");

    private static int number(Delivery delivery) {
        return Integer.parseInt(text(delivery).substring(1));
    }

    /** Of four messages one succeeds at once, one fails, one is requeued, one with a delay. */
    private void succeedAtTheSecondAttempt(Delivery delivery) {
        if (delivery.attempt() > 1) {
            return;
        }
        if (number(delivery) % 4 >= 2) {
            runs.answering(delivery);
        }
        switch (number(delivery) % 4) {
            case 1 -> throw new IllegalStateException("no mail today");
            case 2 -> delivery.requeue();
            case 3 -> delivery.requeue(Duration.ofMillis(200));
            default -> {}
        }
    }

    @Test
    void theOrderHoldsAcrossFailuresAndRequeues() throws Exception {
        consume(ORDERED, runs.watching(this::succeedAtTheSecondAttempt));
        List<NewMessage> messages = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            for (String key : KEYS) {
                messages.addAll(keyed(key, number, number + 1));
            }
            messages.add(message("-" + number));
        }
        nsqite.producer().publish(messages);
        drain();
        for (String key : KEYS) {
            assertThat(runs.of(key)).isEqualTo(runsOfEight(key));
        }
        assertThat(runs.ofNoKey()).hasSize(14).doesNotHaveDuplicates();
        for (DeliveryState state : DeliveryState.values()) {
            assertThat(queue.deliveries(state)).isEmpty();
        }
        await(() -> queue.doneAhead() == 0);
    }

    private static List<String> runsOfEight(String key) {
        List<String> expected = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            expected.add(key + number + " 1");
            if (number % 4 != 0) {
                expected.add(key + number + " 2");
            }
        }
        return expected;
    }

    @Test
    void aDelayedMessageHoldsThoseOfItsKeyThatFollow() {
        consume(ORDERED, runs.watching(delivery -> {}));
        publishKeyed("a", 0, 1);
        publish(message("a1").withKey("a").withDelay(SECOND.multipliedBy(4)));
        publishKeyed("a", 2, 4);
        publishKeyed("b", 0, 4);
        publish("-0");
        await(() -> runs.count() == 6);
        members.pass(SECOND.multipliedBy(4).minus(MILLISECOND));
        publish("-1");
        await(() -> runs.ofNoKey().size() == 2);
        assertThat(runs.of("a")).containsExactly("a0 1");
        assertThat(runs.of("b")).isEqualTo(firstAttempts("b", 0, 4));
        members.pass(MILLISECOND);
        await(() -> runs.of("a").size() == 4);
        assertThat(runs.of("a")).isEqualTo(firstAttempts("a", 0, 4));
    }

    private void assertOthersGoOn(MessageHandler atFirstOfA) throws Exception {
        consume(ORDERED, runs.watching(delivery -> {
            if (text(delivery).equals("a0") && delivery.attempt() == 1) {
                atFirstOfA.handle(delivery);
            }
        }));
        publishKeyed("a", 0, 20);
        for (String key : KEYS.subList(1, 7)) {
            publishKeyed(key, 0, 10);
        }
        publishAll("-0", "-1", "-2");
        await(() -> runs.count() == 64);
        assertThat(runs.of("a")).containsExactly("a0 1");
        gate.open();
        drain();
        assertThat(runs.messagesOf("a")).isEqualTo(texts("a", 0, 20));
        for (String key : KEYS.subList(1, 7)) {
            assertThat(runs.of(key)).isEqualTo(firstAttempts(key, 0, 10));
        }
    }

    @Test
    void otherKeysGoOnWhileOneHangs() throws Exception {
        assertOthersGoOn(delivery -> gate.pass());
        assertThat(runs.of("a")).hasSize(20);
    }

    @Test
    void otherKeysGoOnWhileOneWaitsForItsRetry() throws Exception {
        assertOthersGoOn(delivery -> {
            throw new IllegalStateException("no mail today");
        });
        assertThat(runs.of("a")).startsWith("a0 1", "a0 2", "a1 1").hasSize(21);
    }

    @Test
    void otherKeysGoOnWhileOneIsRequeuedForLater() throws Exception {
        assertOthersGoOn(delivery -> {
            runs.answering(delivery);
            delivery.requeue(SECOND);
        });
        assertThat(runs.of("a")).startsWith("a0 1", "a0 2", "a1 1").hasSize(21);
    }

    @Test
    void aHotKeyWhoseHeadHangsStopsNobodyAndThenComesInOrder() throws Exception {
        consume(ORDERED, runs.watching(delivery -> {
            if (text(delivery).equals("a0")) {
                gate.pass();
            }
        }));
        publishKeyed("a", 0, 3000);
        publishKeyed("b", 0, 50);
        publish("-0");
        await(() -> runs.of("b").size() == 50 && runs.ofNoKey().size() == 1);
        assertThat(runs.of("a")).containsExactly("a0 1");
        await(() -> queue.deliveries(DeliveryState.HELD).size() > 1000);
        gate.open();
        drain();
        assertThat(runs.of("a")).isEqualTo(firstAttempts("a", 0, 3000));
        assertThat(queue.deliveries(DeliveryState.HELD)).isEmpty();
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
    }

    @Test
    void inManualModeTheNextOfAKeyWaitsForTheAnswer() {
        List<Delivery> kept = new CopyOnWriteArrayList<>();
        consume(ORDERED.withAckMode(AckMode.MANUAL), kept::add);
        publishKeyed("a", 0, 3);
        publishKeyed("b", 0, 1);
        await(() -> kept.size() == 2);
        assertThat(kept).extracting(BehaviourTest::text).containsExactlyInAnyOrder("a0", "b0");

        kept.stream().filter(delivery -> text(delivery).equals("a0")).forEach(Delivery::finish);
        await(() -> kept.size() == 3);
        kept.get(2).requeue();
        await(() -> kept.size() == 4);
        kept.get(3).finish();
        await(() -> kept.size() == 5);
        assertThat(kept.subList(2, 5))
                .extracting(delivery -> text(delivery) + " " + delivery.attempt())
                .containsExactly("a1 1", "a1 2", "a2 1");
        kept.get(4).finish();
        kept.stream().filter(delivery -> text(delivery).equals("b0")).forEach(Delivery::finish);
    }

    @Test
    void theOrderHoldsInTransactionsToo() throws Exception {
        ApplicationTransactions transactions = new ApplicationTransactions(queue);
        consume(ORDERED.withTransaction(transactions), runs.watching(delivery -> {
            transactions.addEffect(delivery.message().id());
            if (number(delivery) % 3 == 1 && delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        }));
        List<Long> ids = new ArrayList<>();
        for (String key : KEYS) {
            ids.addAll(publishKeyed(key, 0, 6));
        }
        drain();
        for (String key : KEYS) {
            assertThat(runs.messagesOf(key)).isEqualTo(texts(key, 0, 6));
            assertThat(runs.of(key)).hasSize(8);
        }
        try (Effects effects = Effects.in(queue)) {
            assertThat(effects.all()).isEqualTo(ids);
        }
        await(() -> queue.doneAhead() == 0);
    }

    @Test
    void prioritiesAreIgnored() throws Exception {
        consume(ORDERED.withConcurrency(1), this::handleBehindTheGate);
        publish("gate");
        gate.awaitArrivals(1);
        nsqite.producer()
                .publish(IntStream.range(0, 30)
                        .mapToObj(number ->
                                message("m" + number).withPriority(number % 10).withKey("k" + number % 3))
                        .toList());
        gate.open();
        drain();
        assertThat(handled).isEqualTo(firstAttempts("m", 0, 30));
        for (int priority = 0; priority < 10; priority++) {
            int each = priority;
            await(() -> queue.position(each) >= 22);
        }
    }

    private void handleBehindTheGate(Delivery delivery) {
        if (text(delivery).equals("gate")) {
            gate.pass();
        } else {
            record(delivery);
        }
    }
}
