package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of handlers whose channel goes to another owner. */
abstract class TransactionLossTests extends BehaviourTest {

    private static final int MESSAGES = 20;

    private final List<Throwable> refusals = new CopyOnWriteArrayList<>();
    private ApplicationTransactions transactions;
    private ConsumerOptions options;

    @BeforeEach
    void prepareTransactions() throws Exception {
        transactions = new ApplicationTransactions(queue);
        options = OPTIONS.withConcurrency(2).withTransaction(body -> {
            try {
                transactions.run(body);
            } catch (Throwable refused) {
                refusals.add(refused);
                throw refused;
            }
        });
    }

    private List<Long> publishNumbered() {
        return nsqite.producer()
                .publish(IntStream.range(0, MESSAGES)
                        .mapToObj(number -> message("m" + number))
                        .toList());
    }

    private List<Long> effects() throws Exception {
        try (Effects effects = Effects.in(queue)) {
            return effects.all();
        }
    }

    /** Holds the first attempt of one message before it touches the database. */
    private MessageHandler holding(String held) {
        return delivery -> {
            record(delivery);
            if (text(delivery).equals(held)) {
                gate.pass();
            }
            transactions.addEffect(delivery.message().id());
        };
    }

    private MessageHandler straight() {
        return delivery -> {
            record(delivery);
            transactions.addEffect(delivery.message().id());
        };
    }

    @Test
    void aTakeoverLeavesEveryEffectOnceAndTheLateCommitIsRefused() throws Exception {
        consume(options, holding("m5"));
        List<Long> ids = publishNumbered();
        gate.awaitArrivals(1);
        Nsqite other = openMember();
        takeOverFrom(nsqite, consume(other, options, straight()));
        passUntil(() -> effects().equals(ids));

        gate.open();
        await(() -> refusals.stream()
                .anyMatch(refused -> refused.getMessage().contains("message %d is not this".formatted(ids.get(5)))));
        assertThat(effects()).isEqualTo(ids);
        assertThat(handled.stream().filter(attempt -> attempt.startsWith("m5 ")))
                .hasSize(2);
    }

    @Test
    void aDropWithoutOrderLeavesEveryEffectOnce() throws Exception {
        Consumer dropped = consume(options, holding("m5"));
        List<Long> ids = publishNumbered();
        gate.awaitArrivals(1);
        assertThat(dropped.stop(Duration.ZERO)).isFalse();
        assertThat(queue.isUnclean()).isTrue();

        Nsqite other = openMember();
        consume(other, options, straight());
        passUntil(() -> effects().equals(ids) && !queue.isUnclean());
        gate.open();
        await(() -> !refusals.isEmpty());
        assertThat(effects()).isEqualTo(ids);
    }

    @Test
    void theSameProcessThatTookTheChannelAnewRefusesItsOldCommit() throws Exception {
        Consumer dropped = consume(options, delivery -> {
            record(delivery);
            if (text(delivery).equals("m5") && handled.indexOf("m5 1") == handled.lastIndexOf("m5 1")) {
                gate.pass();
            }
            transactions.addEffect(delivery.message().id());
        });
        List<Long> ids = publishNumbered();
        gate.awaitArrivals(1);
        assertThat(dropped.stop(Duration.ZERO)).isFalse();
        dropped.start();
        drain();
        assertThat(effects()).isEqualTo(ids);
        gate.open();
        await(() -> !refusals.isEmpty());
        assertThat(effects()).isEqualTo(ids);
    }

    @Test
    void aHandlerOfADeletedChannelIsRolledBack() throws Exception {
        consume(options, holding("m0"));
        publishNumbered();
        gate.awaitArrivals(1);
        await(() -> effects().size() == MESSAGES - 1);
        nsqite.admin().delete(CHANNEL);
        gate.open();
        await(() -> refusals.size() == 1);
        assertThat(effects()).hasSize(MESSAGES - 1);
    }
}
