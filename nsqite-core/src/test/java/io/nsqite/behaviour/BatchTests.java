package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.retry.RetryAfterException;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several messages at once, and what becomes of each when something fails. */
abstract class BatchTests extends BatchTest {

    private static final IllegalStateException FAILURE = new IllegalStateException("no mail today");

    private static void failAtFirst(List<Delivery> deliveries, String text, RuntimeException failure) {
        int index = indexOf(deliveries, text);
        if (index >= 0 && deliveries.get(index).attempt() == 1) {
            throw failure;
        }
    }

    private static void nameAtFirst(List<Delivery> deliveries, String text, Exception cause) {
        failAtFirst(deliveries, text, new BatchElementFailedException(Math.max(0, indexOf(deliveries, text)), cause));
    }

    @Test
    void asManyAsWaitAreHandledUpToTheBatchSizeAndNoneIsWaitedFor() throws Exception {
        List<Long> ids = consumeWaiting(BATCHES, deliveries -> {}, "a", "b", "c", "d", "e", "f");
        drain();
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1", "d 1"), List.of("e 1", "f 1"));
        await(() -> queue.position(Message.DEFAULT_PRIORITY) == ids.get(5) && queue.doneAhead() == 0);

        publish("g");
        drain();
        assertThat(batches).hasSize(3).endsWith(List.of("g 1"));
    }

    @Test
    void aNamedElementIsTriedAgainAloneThoseBeforeAreDoneThoseAfterComeWithoutAnAttempt() throws Exception {
        consumeWaiting(BATCHES, deliveries -> nameAtFirst(deliveries, "b", FAILURE), "a", "b", "c", "d", "e");
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1 && status().waiting() == 0);
        members.pass(SECOND);
        drain();
        assertThat(batches)
                .containsExactly(List.of("a 1", "b 1", "c 1", "d 1"), List.of("c 1", "d 1", "e 1"), List.of("b 2"));
    }

    @Test
    void anElementThatIsNamedByACauseIsFoundThere() {
        consumeWaiting(
                BATCHES,
                deliveries -> {
                    try {
                        nameAtFirst(deliveries, "b", FAILURE);
                    } catch (BatchElementFailedException named) {
                        throw new IllegalStateException("as a proxy wraps it", named);
                    }
                },
                "a",
                "b");
        drain();
        assertThat(batches).containsExactly(List.of("a 1", "b 1"), List.of("b 2"));
    }

    @Test
    void theCauseOfANamedElementDecidesAndIsKept() {
        consumeWaiting(
                BATCHES.withFatal(ArithmeticException.class::isInstance),
                deliveries -> {
                    nameAtFirst(deliveries, "a", new ArithmeticException("1/0"));
                    nameAtFirst(deliveries, "b", new RetryAfterException(Duration.ofSeconds(5), FAILURE));
                },
                "a",
                "b",
                "c");
        await(() -> status().retrying() == 1 && status().waiting() == 0);
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).isEqualTo("java.lang.ArithmeticException: 1/0"));
        members.pass(Duration.ofSeconds(5).minus(MILLISECOND));
        publish("d");
        await(() -> batches.size() == 4);
        assertThat(batches)
                .containsExactly(List.of("a 1", "b 1", "c 1"), List.of("b 1", "c 1"), List.of("c 1"), List.of("d 1"));
        members.pass(MILLISECOND);
        drain();
        assertThat(batches).endsWith(List.of("b 2"));
    }

    private void assertAllFailAndAreTriedAgainAlone() {
        drain();
        assertThat(batches).hasSize(4).startsWith(List.of("a 1", "b 1", "c 1"));
        assertThat(batches.subList(1, 4)).containsExactlyInAnyOrder(List.of("a 2"), List.of("b 2"), List.of("c 2"));
    }

    @Test
    void aFailureThatNamesNoElementIsOneOfAllAndEachIsTriedAgainAlone() {
        consumeWaiting(BATCHES, deliveries -> failAtFirst(deliveries, "a", FAILURE), "a", "b", "c");
        assertAllFailAndAreTriedAgainAlone();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, Integer.MAX_VALUE})
    void anElementThatDoesNotExistIsNone(int index) {
        consumeWaiting(
                BATCHES,
                deliveries -> failAtFirst(deliveries, "a", new BatchElementFailedException(index, FAILURE)),
                "a",
                "b",
                "c");
        assertAllFailAndAreTriedAgainAlone();
    }

    @Test
    void aNegativeIndexIsRefused() {
        assertThatThrownBy(() -> new BatchElementFailedException(-1, FAILURE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 or more but was -1");
    }

    @Test
    void elementsMayBeAnsweredAndTheRestIsDoneWithTheReturn() throws Exception {
        consumeWaiting(
                BATCHES,
                deliveries -> {
                    if (deliveries.size() == 4) {
                        deliveries.get(0).requeue(Duration.ofSeconds(5));
                        deliveries.get(1).reject(FAILURE);
                        deliveries.get(2).finish();
                    }
                },
                "a",
                "b",
                "c",
                "d");
        await(() -> status().waiting() == 0);
        assertThat(deadLetters()).extracting(dead -> dead.message().id()).hasSize(1);
        members.pass(Duration.ofSeconds(5));
        drain();
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1", "d 1"), List.of("a 2"));
    }

    @Test
    void answeredElementsKeepTheirAnswersWhenTheHandlerFails() {
        consumeWaiting(
                BATCHES,
                deliveries -> {
                    if (deliveries.size() == 3) {
                        deliveries.get(0).finish();
                        deliveries.get(2).reject(FAILURE);
                        throw FAILURE;
                    }
                },
                "a",
                "b",
                "c");
        drain();
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1"), List.of("b 2"));
        assertThat(deadLetters()).hasSize(1);
    }

    @Test
    void inManualModeEachIsAnswered() throws Exception {
        List<Delivery> kept = new CopyOnWriteArrayList<>();
        consumeWaiting(
                BATCHES.withAckMode(AckMode.MANUAL).withAckLease(Duration.ofSeconds(10)), kept::addAll, "a", "b", "c");
        await(() -> kept.size() == 3);
        kept.get(1).finish();
        assertThat(queue.doneAhead()).isEqualTo(1);
        kept.get(0).requeue();
        await(() -> kept.size() == 4);
        kept.get(3).finish();
        members.pass(Duration.ofSeconds(10));
        await(() -> kept.size() == 5);
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1"), List.of("a 2"), List.of("c 2"));
        kept.get(4).finish();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void inManualModeANamedElementLeavesThoseBeforeToWhoeverGotThem() throws Exception {
        List<Delivery> kept = new CopyOnWriteArrayList<>();
        consumeWaiting(
                BATCHES.withAckMode(AckMode.MANUAL),
                deliveries -> {
                    kept.addAll(deliveries);
                    nameAtFirst(deliveries, "b", FAILURE);
                },
                "a",
                "b",
                "c");
        await(() -> kept.size() == 4);
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1"), List.of("c 1"));
        kept.get(0).finish();
        kept.get(3).finish();
        members.pass(SECOND);
        await(() -> kept.size() == 5);
        kept.get(4).finish();
        assertThat(status().isDrained()).isTrue();
        assertThat(batches).endsWith(List.of("b 2")).hasSize(3);
    }

    @Test
    void whatBecomesDueTogetherComesInBatches() throws Exception {
        consumeWaiting(BATCHES, deliveries -> {});
        List<Long> ids = nsqite.producer()
                .publish(IntStream.range(0, 20)
                        .mapToObj(number -> message("m" + number).withDelay(SECOND))
                        .toList());
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).equals(ids));
        members.pass(SECOND);
        drain();
        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyElementsOf(IntStream.range(0, 20)
                        .mapToObj(number -> "m" + number + " 1")
                        .toList());
        assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSize(4));
    }

    @Test
    void whatBecomesDueSharesBatchesWithWhatIsNewButNotWithWhatHasFailed() throws Exception {
        consumeWaiting(
                BATCHES.withMaxAttempts(0),
                deliveries -> {
                    if (text(deliveries.get(0)).equals("gate")) {
                        gate.pass();
                    }
                    failAtFirst(deliveries, "fails", FAILURE);
                },
                "fails");
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        publish(message("due").withDelay(SECOND));
        publish(message("due too").withDelay(SECOND));
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).size() == 2);
        publish("gate");
        gate.awaitArrivals(1);
        publishAll("new", "new too");
        members.pass(SECOND);
        gate.open();
        drain();
        assertThat(batches)
                .hasSize(4)
                .contains(List.of("fails 2"))
                .anySatisfy(batch ->
                        assertThat(batch).containsExactlyInAnyOrder("due 1", "due too 1", "new 1", "new too 1"));
    }

    @Test
    void inManualModeAHandlerThatThrowsHasFailedForThoseWithoutAnAnswer() {
        List<Delivery> kept = new CopyOnWriteArrayList<>();
        consumeWaiting(
                BATCHES.withAckMode(AckMode.MANUAL),
                deliveries -> {
                    if (kept.isEmpty()) {
                        kept.addAll(deliveries);
                        deliveries.get(0).finish();
                        nameAtFirst(deliveries, "b", FAILURE);
                    }
                    for (Delivery delivery : deliveries) {
                        delivery.finish();
                    }
                },
                "a",
                "b",
                "c");
        drain();
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1"), List.of("c 1"), List.of("b 2"));
    }
}
