package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers in a transaction take effect if they come before the handler ends, and are refused afterwards. */
abstract class TransactionAnswerTests extends BehaviourTest {

    private static final ConsumerOptions ORDERED = OPTIONS.withKeyOrder(KeyOrder.SKIP_DEAD);

    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> refusals = new CopyOnWriteArrayList<>();
    private ApplicationTransactions transactions;

    @BeforeEach
    void prepareTransactions() throws Exception {
        transactions = new ApplicationTransactions(queue);
    }

    private void handle(Delivery delivery) throws SQLException {
        deliveries.add(delivery);
        record(delivery);
        transactions.addEffect(delivery.message().id());
    }

    private void requeueLast() {
        try {
            deliveries.get(deliveries.size() - 1).requeue();
        } catch (IllegalStateException refused) {
            refusals.add(refused);
        }
    }

    private List<Long> publishBothOfAKey() {
        return List.of(publish(message("a").withKey("k")), publish(message("b").withKey("k")));
    }

    private void assertBothTakeEffectOnceAndAllAnswersAreRefused(HandlerTransaction transaction) throws Exception {
        Consumer consumer = consume(ORDERED.withTransaction(transaction), this::handle);
        List<Long> ids = publishBothOfAKey();
        drain();
        assertThat(consumer.stop(LIMIT)).isTrue();
        assertThat(handled).containsExactly("a 1", "b 1");
        assertThat(refusals)
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused).hasMessageContaining("answered already"));
        try (Effects effects = Effects.in(queue)) {
            assertThat(effects.all()).isEqualTo(ids);
        }
    }

    @Test
    void anAnswerAfterTheCommitIsRefused() throws Exception {
        assertBothTakeEffectOnceAndAllAnswersAreRefused(body -> {
            transactions.run(body);
            requeueLast();
        });
    }

    @Test
    void anAnswerBetweenTheHandlersReturnAndTheCommitIsRefused() throws Exception {
        assertBothTakeEffectOnceAndAllAnswersAreRefused(body -> transactions.run(new HandlerTransaction.Body() {
            @Override
            public void handle() throws Exception {
                body.handle();
                requeueLast();
            }

            @Override
            public void acknowledge(Connection transaction) throws SQLException {
                body.acknowledge(transaction);
            }
        }));
    }

    @Test
    void anAnswerBetweenAFailureAndItsRollbackStillCounts() {
        HandlerTransaction transaction = body -> {
            try {
                transactions.run(body);
            } finally {
                requeueLast();
            }
        };
        Consumer consumer = consume(ORDERED.withTransaction(transaction), delivery -> {
            handle(delivery);
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        publishBothOfAKey();
        drain();
        assertThat(consumer.stop(LIMIT)).isTrue();
        assertThat(handled).containsExactly("a 1", "a 2", "b 1", "b 2");
        assertThat(refusals).as("of the second attempts").hasSize(2);
    }

    @Test
    void anAnswerOfAnotherThreadTakesEffectOrIsRefused() throws Exception {
        AtomicInteger accepted = new AtomicInteger();
        List<CompletableFuture<Void>> answers = new CopyOnWriteArrayList<>();
        Consumer consumer = consume(OPTIONS.withTransaction(transactions).withConcurrency(2), delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                answers.add(CompletableFuture.runAsync(() -> {
                    delivery.requeue();
                    accepted.incrementAndGet();
                }));
            }
        });
        int messages = 200;
        nsqite.producer()
                .publish(IntStream.range(0, messages)
                        .mapToObj(number -> message("m" + number))
                        .toList());
        drain();
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .exceptionally(refused -> null)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(consumer.stop(LIMIT)).isTrue();
        assertThat(answers).hasSize(messages);
        assertThat(handled).hasSize(messages + accepted.get()).doesNotHaveDuplicates();
    }

    @Test
    void whatWasRequeuedComesAgainAlsoIfTheHandlerThrowsThatAnotherDeliveryIsLost() {
        consume(ORDERED.withTransaction(transactions), delivery -> {
            handle(delivery);
            if (delivery.attempt() == 1) {
                delivery.requeue();
                throw new DeliveryLostException("another delivery");
            }
        });
        publishBothOfAKey();
        drain();
        assertThat(handled).containsExactly("a 1", "a 2", "b 1", "b 2");
    }
}
