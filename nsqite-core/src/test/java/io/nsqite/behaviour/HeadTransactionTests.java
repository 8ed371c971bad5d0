package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.store.DeliveryState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler that has the oldest messages of its channel moves the position in its transaction. */
abstract class HeadTransactionTests extends BatchTest {

    /** Where the position was, and how many were done ahead of it, right after each commit. */
    private final List<String> afterCommits = new CopyOnWriteArrayList<>();

    private final AtomicBoolean failing = new AtomicBoolean();
    private ApplicationTransactions transactions;

    @BeforeEach
    void prepareTransactions() throws Exception {
        transactions = new ApplicationTransactions(queue);
    }

    private ConsumerOptions options(int concurrency) {
        return BATCHES.withConcurrency(concurrency).withTransaction(this::runAndLook);
    }

    private void runAndLook(HandlerTransaction.Body body) throws Exception {
        transactions.run(new HandlerTransaction.Body() {
            @Override
            public void handle() throws Exception {
                body.handle();
            }

            @Override
            public void acknowledge(Connection transaction) throws SQLException {
                body.acknowledge(transaction);
                if (failing.compareAndSet(true, false)) {
                    throw new IllegalStateException("no mail today");
                }
            }
        });
        afterCommits.add(queue.position(Message.DEFAULT_PRIORITY) + " " + queue.doneAhead());
    }

    private void addEffects(List<Delivery> deliveries) throws SQLException {
        for (Delivery delivery : deliveries) {
            transactions.addEffect(delivery.message().id());
        }
    }

    private List<Long> effects() throws Exception {
        try (Effects effects = Effects.in(queue)) {
            return effects.all();
        }
    }

    @Test
    void itsCommitMovesThePositionAndLeavesNothingToDo() throws Exception {
        List<Long> ids = consumeWaiting(options(1), this::addEffects, "a", "b", "c", "d", "e", "f");
        drain();
        await(() -> afterCommits.size() == 2);
        assertThat(afterCommits).containsExactly(ids.get(3) + " 0", ids.get(5) + " 0");
        assertThat(effects()).isEqualTo(ids);
    }

    @Test
    void whatIsRolledBackAfterwardsIsNotPassed() throws Exception {
        failing.set(true);
        List<Long> ids = consumeWaiting(options(1), this::addEffects, "a", "b", "c", "d");
        await(() -> queue.deliveries(DeliveryState.DUE).equals(ids));
        assertThat(effects()).isEmpty();
        drain();
        assertThat(effects()).isEqualTo(ids);
        assertThat(batches).startsWith(List.of("a 1", "b 1", "c 1", "d 1")).hasSize(5);
    }

    @Test
    void aRewindOfAnotherMemberWhileAHandlerRunsIsNotOverwritten() throws Exception {
        List<Long> ids = consumeWaiting(
                options(1),
                deliveries -> {
                    if (indexOf(deliveries, "e") >= 0) {
                        gate.pass();
                    }
                },
                "a",
                "b",
                "c",
                "d",
                "e");
        gate.awaitArrivals(1);
        openMember().admin().rewind(CHANNEL, ids.get(1));
        gate.open();
        await(() -> afterCommits.size() >= 2);
        assertThat(afterCommits.get(1)).as("a done row instead").isEqualTo(ids.get(0) + " 1");
        drain();
        assertThat(batches).startsWith(List.of("a 1", "b 1", "c 1", "d 1"), List.of("e 1"));
        assertThat(batches.subList(2, batches.size()).stream().flatMap(List::stream))
                .as("what comes again")
                .containsExactly("b 1", "c 1", "d 1");
    }

    @Test
    void whatFollowsItsCommitHoldsUpNobody() throws Exception {
        BatchHandler handler = deliveries -> {
            addEffects(deliveries);
            if (indexOf(deliveries, "e") >= 0) {
                throw new IllegalStateException("no mail today");
            }
        };
        HandlerTransaction hanging = body -> {
            runAndLook(body);
            if (batches.get(batches.size() - 1).contains("a 1")) {
                gate.pass();
            }
        };
        consumeWaiting(
                BATCHES.withConcurrency(2).withMaxAttempts(1).withTransaction(hanging), handler, "a", "b", "c", "d");
        gate.awaitArrivals(1);
        long dead = publish("e");
        await(() -> deadLetters().size() == 1 && queue.position(Message.DEFAULT_PRIORITY) == dead);
        gate.open();
        drain();
        assertThat(batches).containsExactly(List.of("a 1", "b 1", "c 1", "d 1"), List.of("e 1"));
    }
}
