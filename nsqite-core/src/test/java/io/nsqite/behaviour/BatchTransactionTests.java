package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several messages in one transaction: all or nothing. */
abstract class BatchTransactionTests extends BatchTest {

    private ApplicationTransactions transactions;
    private ConsumerOptions options;

    @BeforeEach
    void prepareTransactions() throws Exception {
        transactions = new ApplicationTransactions(queue);
        options = BATCHES.withTransaction(transactions);
    }

    private List<Long> effects() throws Exception {
        try (Effects effects = Effects.in(queue)) {
            return effects.all();
        }
    }

    /** Adds the effects of all, and then does what a test wants at the first attempt of one. */
    private BatchHandler handler(String text, Unusual unusual) {
        return deliveries -> {
            for (Delivery delivery : deliveries) {
                transactions.addEffect(delivery.message().id());
            }
            int index = indexOf(deliveries, text);
            if (index >= 0 && deliveries.get(index).attempt() == 1) {
                unusual.happen(deliveries.get(index), index);
            }
        };
    }

    private interface Unusual {
        void happen(Delivery delivery, int index);
    }

    private void assertNothingIsLeft(List<Long> ids) throws Exception {
        drain();
        assertThat(effects()).isEqualTo(ids);
        await(() -> queue.position(Message.DEFAULT_PRIORITY) == ids.get(ids.size() - 1) && queue.doneAhead() == 0);
        assertThat(queue.deliveries(DeliveryState.DUE)).isEmpty();
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
    }

    @Test
    void allAreAcknowledgedByTheCommit() throws Exception {
        List<Long> ids = consumeWaiting(options, handler("", (delivery, index) -> {}), "a", "b", "c", "d", "e");
        assertNothingIsLeft(ids);
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1", "d 1"), List.of("e 1"));
    }

    @Test
    void aNamedElementRollsAllBackAndTheOthersComeAgainWithoutAnAttempt() throws Exception {
        List<Long> ids = consumeWaiting(
                options,
                handler("b", (delivery, index) -> {
                    throw new BatchElementFailedException(index, new IllegalStateException("no mail today"));
                }),
                "a",
                "b",
                "c",
                "d");
        await(() -> effects().size() == 3);
        assertThat(effects()).doesNotContain(ids.get(1));
        members.pass(SECOND);
        assertNothingIsLeft(ids);
        assertThat(batches).startsWith(List.of("a 1", "b 1", "c 1", "d 1")).endsWith(List.of("b 2"));
        assertThat(batches.stream().flatMap(List::stream).filter(run -> run.endsWith(" 2")))
                .containsExactly("b 2");
    }

    @Test
    void aFailureThatNamesNoElementIsOneOfAll() throws Exception {
        List<Long> ids = consumeWaiting(
                options,
                handler("b", (delivery, index) -> {
                    throw new IllegalStateException("no mail today");
                }),
                "a",
                "b",
                "c");
        await(() -> queue.deliveries(DeliveryState.DUE).equals(ids));
        assertThat(effects()).isEmpty();
        assertNothingIsLeft(ids);
        assertThat(batches.subList(1, 4)).containsExactlyInAnyOrder(List.of("a 2"), List.of("b 2"), List.of("c 2"));
    }

    private void assertOnlyTheRequeuedOneCountsAnAttempt(ConsumerOptions itsOptions) throws Exception {
        List<Long> ids = consumeWaiting(
                itsOptions, handler("b", (delivery, index) -> delivery.requeue(Duration.ofSeconds(5))), "a", "b", "c");
        await(() -> effects().size() == 2);
        assertThat(effects()).doesNotContain(ids.get(1));
        members.pass(Duration.ofSeconds(5));
        assertNothingIsLeft(ids);
        assertThat(batches).endsWith(List.of("b 2"));
        assertThat(batches.stream().flatMap(List::stream).filter(run -> run.endsWith(" 2")))
                .containsExactly("b 2");
    }

    @Test
    void anElementThatIsRequeuedRollsAllBackAndTheOthersComeAgainWithoutAnAttempt() throws Exception {
        assertOnlyTheRequeuedOneCountsAnAttempt(options);
    }

    @Test
    void anElementThatIsRequeuedIsNoFailureOfTheOthersThoughTheTransactionWrapsWhatItThrowsOn() throws Exception {
        assertOnlyTheRequeuedOneCountsAnAttempt(BATCHES.withTransaction(body -> {
            try {
                transactions.run(body);
            } catch (Exception failure) {
                throw new IllegalStateException("as a framework wraps it", failure);
            }
        }));
    }

    @Test
    void anElementThatIsRejectedRollsAllBackAndIsDeadWithItsReason() throws Exception {
        List<Long> ids = consumeWaiting(
                options,
                handler("b", (delivery, index) -> delivery.reject(new IllegalStateException("unknown customer"))),
                "a",
                "b",
                "c");
        drain();
        assertThat(effects()).containsExactly(ids.get(0), ids.get(2));
        assertThat(deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.message().id()).isEqualTo(ids.get(1));
            assertThat(dead.error()).contains("unknown customer");
        });
    }
}
