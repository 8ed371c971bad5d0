package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryState;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handler writes and its acknowledgement commit together. */
abstract class TransactionTests extends BehaviourTest {

    private ApplicationTransactions transactions;
    private ConsumerOptions options;

    @BeforeEach
    void prepareTransactions() throws Exception {
        transactions = new ApplicationTransactions(queue);
        options = OPTIONS.withTransaction(transactions);
    }

    private List<Long> effects() throws Exception {
        try (Effects effects = Effects.in(queue)) {
            return effects.all();
        }
    }

    private List<Long> publishNumbered(int count) {
        return nsqite.producer()
                .publish(IntStream.range(0, count)
                        .mapToObj(number -> message("m" + number))
                        .toList());
    }

    @Test
    void effectsAreExactAlthoughEveryMessageFailsAtFirst() throws Exception {
        consume(options.withConcurrency(3), delivery -> {
            record(delivery);
            transactions.addEffect(delivery.message().id());
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        List<Long> ids = publishNumbered(20);
        drain();
        assertThat(effects()).isEqualTo(ids);
        assertThat(handled).hasSize(40).doesNotHaveDuplicates();
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
        assertThat(queue.deliveries(DeliveryState.DUE)).isEmpty();
    }

    @Test
    void anyThrowableRollsBackAndCountsAsAnAttempt() throws Exception {
        List<Throwable> throwables =
                List.of(new IllegalStateException("a"), new Exception("b"), new StackOverflowError(), new Throwable());
        consume(options.withMaxAttempts(throwables.size()), delivery -> {
            record(delivery);
            transactions.addEffect(delivery.message().id());
            throwUnchecked(throwables.get(delivery.attempt() - 1));
        });
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1", "a 2", "a 3", "a 4");
        assertThat(effects()).isEmpty();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.attempts()).isEqualTo(4));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwUnchecked(Throwable throwable) throws T {
        throw (T) throwable;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void requeueAndRejectRollBackAlsoIfTheHandlerThrowsThen(boolean throwsThen) throws Exception {
        consume(options, delivery -> {
            record(delivery);
            transactions.addEffect(delivery.message().id());
            if (text(delivery).equals("bad")) {
                delivery.reject(new IllegalArgumentException("unknown customer"));
            } else if (delivery.attempt() == 1) {
                delivery.requeue(Duration.ofSeconds(20));
            }
            if (throwsThen && delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        List<Long> ids = publishAll("bad", "good");
        await(() -> queue.deliveries(DeliveryState.DUE).equals(List.of(ids.get(1)))
                && deadLetters().size() == 1);
        members.pass(Duration.ofSeconds(20).minus(MILLISECOND));
        assertThat(effects()).isEmpty();
        assertThat(deadLetters().get(0).error()).contains("unknown customer");

        members.pass(MILLISECOND);
        drain();
        assertThat(handled).containsExactly("bad 1", "good 1", "good 2");
        assertThat(effects()).containsExactly(ids.get(1));
    }

    @Test
    void finishIsRefusedAsTheCommitAcknowledges() throws Exception {
        List<RuntimeException> refusals = new CopyOnWriteArrayList<>();
        consume(options, delivery -> {
            transactions.addEffect(delivery.message().id());
            try {
                delivery.finish();
            } catch (IllegalStateException refused) {
                refusals.add(refused);
            }
        });
        long id = publish("a");
        drain();
        assertThat(refusals)
                .singleElement()
                .satisfies(refused -> assertThat(refused).hasMessageContaining("commit"));
        assertThat(effects()).containsExactly(id);
    }

    @Test
    void othersWriteWhileAHandlerHasNotTouchedTheDatabase() throws Exception {
        consume(options, delivery -> {
            gate.pass();
            transactions.addEffect(delivery.message().id());
        });
        long id = publish("a");
        gate.awaitArrivals(1);
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> publish("b"));
        long otherId = other.get(10, TimeUnit.SECONDS);
        gate.open();
        drain();
        assertThat(effects()).containsExactly(id, otherId);
    }

    @Test
    void aRetryAcknowledgedInATransactionLeavesNoRow() throws Exception {
        consume(options, delivery -> {
            transactions.addEffect(delivery.message().id());
            if (delivery.attempt() < 3) {
                throw new IllegalStateException("no mail today");
            }
        });
        long id = publish("a");
        drain();
        for (DeliveryState state : DeliveryState.values()) {
            assertThat(queue.deliveries(state)).isEmpty();
        }
        await(() -> queue.doneAhead() == 0 && queue.position(Message.DEFAULT_PRIORITY) == id);
    }

    @Test
    void acknowledgementsOutOfOrderLeaveNothingBehind() throws Exception {
        consume(options.withConcurrency(4), delivery -> {
            if (text(delivery).equals("m0")) {
                gate.pass();
            }
            transactions.addEffect(delivery.message().id());
        });
        List<Long> ids = publishNumbered(40);
        await(() -> effects().size() == 39);
        assertThat(queue.doneAhead()).isPositive();
        assertThat(queue.position(Message.DEFAULT_PRIORITY)).isLessThan(ids.get(0));
        gate.open();
        drain();
        assertThat(effects()).isEqualTo(ids);
        await(() -> queue.doneAhead() == 0 && queue.position(Message.DEFAULT_PRIORITY) == ids.get(39));
    }

    @Test
    void thePositionFollowsThoughNothingIsPublishedAnyMore() throws Exception {
        consume(options.withConcurrency(3), delivery -> {});
        for (int round = 0; round < 60; round++) {
            List<Long> ids = publishAll("a", "b", "c");
            await(() -> queue.position(Message.DEFAULT_PRIORITY) == ids.get(2) && queue.doneAhead() == 0);
        }
    }

    @Test
    void aFailureAfterTheCommitDoesNotRepeat() throws Exception {
        HandlerTransaction failing = body -> {
            transactions.run(body);
            throw new IllegalStateException("a listener of the commit failed");
        };
        consume(OPTIONS.withTransaction(failing), delivery -> {
            record(delivery);
            transactions.addEffect(delivery.message().id());
            if (delivery.attempt() == 1 && text(delivery).equals("m1")) {
                throw new IllegalStateException("no mail today");
            }
        });
        List<Long> ids = publishNumbered(3);
        drain();
        members.pass(SECOND);
        assertThat(handled).containsExactlyInAnyOrder("m0 1", "m1 1", "m1 2", "m2 1");
        assertThat(effects()).isEqualTo(ids);
    }

    @Test
    void aTransactionThatDoesNotAcknowledgeCountsAsFailed() throws Exception {
        HandlerTransaction forgetful = HandlerTransaction.Body::handle;
        consume(OPTIONS.withTransaction(forgetful).withMaxAttempts(1), this::record);
        publish("a");
        drain();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).contains("acknowledge"));
    }

    @Test
    void whatTheHandlerPublishesInItsTransactionCommitsWithIt() throws Exception {
        consume(options, delivery -> {
            record(delivery);
            if (text(delivery).equals("a")) {
                Connection transaction = transactions.current();
                nsqite.producer().publishTx(transaction, message("from attempt " + delivery.attempt()));
                if (delivery.attempt() == 1) {
                    throw new IllegalStateException("no mail today");
                }
            }
        });
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1", "a 2", "from attempt 2 1");
    }
}
