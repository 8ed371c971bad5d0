package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.store.DeliveryState;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** If the answer is true no handler gets the message, and none had it. */
abstract class CancelTests extends CancelTest {

    private long publishLate(String text) throws Exception {
        long id = publish(message(text).withKey("k").withDelay(DELAY));
        passUntil(() -> queue.deliveries(DeliveryState.SCHEDULED).contains(id));
        return id;
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "SKIP_DEAD"})
    void whatIsDueAndWasNotHandedOutIsCancelled(KeyOrder order) throws Exception {
        Consumer consumer = consume(OPTIONS.withKeyOrder(order), this::record);
        long late = publishLate("late");
        consumer.pause();
        members.pass(DELAY);
        assertThat(cancel(late)).isTrue();
        consumer.resume();
        publish("other");
        drain();
        assertThat(handled).containsExactly("other 1");
    }

    @Test
    void whatAnotherServesIsCancelledThoughItIsDueAtAnyMoment() throws Exception {
        Nsqite other = openMember();
        Consumer serving = consume(other, OPTIONS, this::record);
        long late = publish(message("late").withKey("k").withDelay(DELAY));
        passUntil(() ->
                queue.deliveries(DeliveryState.SCHEDULED).contains(late)); // it looks for our commits as time passes
        serving.pause();
        long unread = publish(message("late and unread").withDelay(DELAY));
        members.pass(DELAY);
        assertThat(cancel(late)).isTrue();
        assertThat(cancel(unread)).isTrue();
        assertThat(cancel(publish("now"))).as("may be in the other's memory").isFalse();
        serving.resume();
        drain();
        assertThat(handled).containsExactly("now 1");
    }

    @Test
    void theNextOfAKeyGoesOnWhenTheOneBeforeItIsCancelled() throws Exception {
        Instant start = members.now();
        consume(OPTIONS.withKeyOrder(KeyOrder.SKIP_DEAD), this::record);
        long late = publishLate("late");
        publish(message("behind it").withKey("k"));
        publish("other");
        awaitHandled(1);
        assertThat(cancel(late)).isTrue();
        passUntil(() -> handled.size() == 2);
        assertThat(handled).containsExactly("other 1", "behind it 1");
        assertThat(members.now()).isBefore(start.plus(DELAY));
    }

    @Test
    void whatIsHeldBehindAnotherOfItsKeyIsCancelled() throws Exception {
        consume(OPTIONS.withKeyOrder(KeyOrder.SKIP_DEAD), this::record);
        publish(message("late").withKey("k").withDelay(DELAY));
        long behind = publish(message("behind it").withKey("k").withDelay(DELAY));
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).contains(behind)); // while no time passes
        members.pass(DELAY.minus(MILLISECOND));
        assertThat(cancel(behind)).isTrue();
        members.pass(SECOND);
        drain();
        assertThat(handled).containsExactly("late 1");
    }

    @Test
    void whatWasReplayedWasReceivedBefore() {
        AtomicReference<Consumer> consumer = new AtomicReference<>();
        consumer.set(consume(OPTIONS.withMaxAttempts(1), delivery -> {
            record(delivery);
            throw new IllegalStateException("no mail today");
        }));
        long id = publish("dies");
        await(() -> deadLetters().size() == 1);
        consumer.get().stop(LIMIT);
        assertThat(nsqite.admin().replay(CHANNEL, id)).isTrue();
        assertThat(cancel(id)).isFalse();
        consumer.get().start();
        passUntil(() -> handled.size() == 2);
    }

    /** The first of two in a batch fails, and the consumer pauses. */
    private Consumer handBackTheSecond() throws Exception {
        AtomicReference<Consumer> consumer = new AtomicReference<>();
        consumer.set(consume(OPTIONS.withBatchSize(2), (BatchHandler) batch -> {
            batch.forEach(this::record);
            if (batch.size() == 2) {
                consumer.get().pause();
                throw new BatchElementFailedException(0, new IllegalStateException("no mail today"));
            }
        }));
        consumer.get().pause();
        List<Long> ids = publishAll("fails", "is handed back");
        consumer.get().resume();
        await(() -> queue.deliveries(DeliveryState.DUE).equals(ids.subList(0, 1)));
        return consumer.get();
    }

    @Test
    void whatABatchHandedBackWasReceived() throws Exception {
        Consumer consumer = handBackTheSecond();
        long second = queue.deliveries(DeliveryState.DUE).get(0) + 1;
        assertThat(cancel(second)).isFalse();

        nsqite.admin().pause(CHANNEL);
        nsqite.admin().resume(CHANNEL); // the channel is loaded again
        assertThat(cancel(second)).as("after the channel was loaded again").isFalse();
        consumer.resume();
        drain();
        assertThat(handled).contains("is handed back 1").hasSize(4);
    }

    @Test
    void whatABatchHandedBackBeforeItsConsumerStoppedWasReceived() throws Exception {
        Consumer consumer = handBackTheSecond();
        long second = queue.deliveries(DeliveryState.DUE).get(0) + 1;
        consumer.stop(LIMIT);
        assertThat(cancel(second)).isFalse();
        consumer.resume();
        consumer.start();
        drain();
        assertThat(handled).contains("is handed back 1").hasSize(4);
    }
}
