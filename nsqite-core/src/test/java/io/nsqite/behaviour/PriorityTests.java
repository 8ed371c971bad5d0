package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.store.DeliveryState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What waits is handled by priority, and in the order of publishing within one. */
abstract class PriorityTests extends BehaviourTest {

    private final int[] published = new int[10];

    private static NewMessage message(String text, int priority) {
        return message(text).withPriority(priority);
    }

    private void handle(Delivery delivery) {
        if (text(delivery).equals("gate")) {
            gate.pass();
        } else {
            record(delivery);
        }
    }

    /** One handler, which is held by a first message. */
    private void consumeBehindTheGate() throws InterruptedException {
        consume(OPTIONS, this::handle);
        publish(message("gate", 9));
        gate.awaitArrivals(1);
    }

    private void publishEach(int... priorities) {
        for (int priority : priorities) {
            publish(message(priority + "-" + publishedOf(priority), priority));
        }
    }

    private int publishedOf(int priority) {
        return published[priority]++;
    }

    @Test
    void aHigherPriorityGoesFirstAndWithinOneTheOrderOfPublishing() throws Exception {
        consumeBehindTheGate();
        publishEach(4, 0, 9, 4, 5, 0, 9, 3, 5);
        gate.open();
        drain();
        assertThat(handled)
                .containsExactly("9-0 1", "9-1 1", "5-0 1", "5-1 1", "4-0 1", "4-1 1", "3-0 1", "0-0 1", "0-1 1");
    }

    @Test
    void aHigherOneIsFetchedThoughTheMemoryIsFullOfLowerOnes() throws Exception {
        consumeBehindTheGate();
        publishMany("low", 1500, 4);
        publishMany("lowest", 700, 1);
        publish(message("high", 7));
        gate.open();
        drain();
        assertThat(handled.get(0)).isEqualTo("high 1");
        assertThat(handled).hasSize(2201);
        assertThat(handled.subList(1, 1501)).containsOnly("low 1");
    }

    private void publishMany(String text, int count, int priority) {
        nsqite.producer()
                .publish(IntStream.range(0, count)
                        .mapToObj(number -> message(text, priority))
                        .toList());
    }

    @Test
    void aHigherOneOfAnotherProcessGoesBeforeWhatHasNotBegun() throws Exception {
        Nsqite other = openMember();
        consumeBehindTheGate();
        publishMany("low", 1500, 4);
        other.producer().publish(message("high", 7));
        members.pass(SECOND);
        gate.open();
        drain();
        assertThat(handled.get(0)).isEqualTo("high 1");
        assertThat(handled).hasSize(1501);
    }

    private void publishEachDelayed(int... priorities) {
        for (int priority : priorities) {
            publish(message(priority + "-" + publishedOf(priority), priority).withDelay(SECOND));
        }
    }

    @Test
    void whatIsDueTogetherGoesByPriorityAndWithinOneInTheOrderOfPublishing() throws Exception {
        consume(OPTIONS, this::handle);
        publishEachDelayed(0, 0, 4, 0, 4, 0, 9, 0, 9);
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).size() == 9);
        members.pass(SECOND);
        drain();
        assertThat(handled)
                .containsExactly("9-0 1", "9-1 1", "4-0 1", "4-1 1", "0-0 1", "0-1 1", "0-2 1", "0-3 1", "0-4 1");
    }

    @Test
    void aHigherOneThatIsDueLaterGoesBeforeLowerOnesThatWereDueEarlier() throws Exception {
        consume(OPTIONS, this::handle);
        publishEachDelayed(0, 0, 0);
        publish(message("high", 9).withDelay(SECOND.plus(MILLISECOND)));
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).size() == 4);
        publish(message("gate", 4));
        gate.awaitArrivals(1);
        members.pass(SECOND.plus(MILLISECOND));
        gate.open();
        drain();
        assertThat(handled).containsExactly("high 1", "0-0 1", "0-1 1", "0-2 1");
    }

    @Test
    void betweenWhatIsDueAndWhatIsNewTheHigherGoesFirst() throws Exception {
        consume(OPTIONS, this::handle);
        publishEachDelayed(0, 0, 4, 4, 9, 9);
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).size() == 6);
        publish(message("gate", 4));
        gate.awaitArrivals(1);
        for (int priority : new int[] {4, 4, 9, 0}) {
            publish(message("new " + priority, priority));
        }
        members.pass(SECOND);
        gate.open();
        drain();
        assertThat(handled.subList(0, 3)).containsExactlyInAnyOrder("9-0 1", "9-1 1", "new 9 1");
        assertThat(handled.subList(3, 7)).containsExactlyInAnyOrder("4-0 1", "4-1 1", "new 4 1", "new 4 1");
        assertThat(handled.subList(3, 5)).as("they take turns").contains("new 4 1", "4-0 1");
        assertThat(handled.subList(7, 10)).containsExactlyInAnyOrder("0-0 1", "0-1 1", "new 0 1");
    }

    @Test
    void theOrderHoldsAfterARestart() throws Exception {
        consumeBehindTheGate();
        publishEach(4, 2, 8, 4, 8, 2);
        gate.open();
        drain();
        nsqite.consumers().stopAll(LIMIT);
        publishEach(4, 2, 8, 4, 8, 2);
        restart();
        handled.clear();
        consume(OPTIONS, this::handle);
        drain();
        assertThat(handled).containsExactly("8-2 1", "8-3 1", "4-2 1", "4-3 1", "2-2 1", "2-3 1");
    }

    @Test
    void everyPositionIsAtTheEndWhenAllIsDone() throws Exception {
        consume(OPTIONS.withConcurrency(3), this::handle);
        long[] last = new long[10];
        for (int round = 0; round < 3; round++) {
            for (int priority = 0; priority < 10; priority++) {
                last[priority] = publish(message("m" + round, priority));
            }
        }
        drain();
        for (int priority = 0; priority < 10; priority++) {
            int each = priority;
            await(() -> queue.position(each) >= last[each]);
        }
        await(() -> queue.doneAhead() == 0);
    }

    @Test
    void aRetryIsOfItsPriorityStillAndLeavesNothingBehind() throws Exception {
        ConsumerOptions twice = OPTIONS.withMaxAttempts(2);
        consume(twice, delivery -> {
            record(delivery);
            assertThat(delivery.message().priority()).isEqualTo(text(delivery).startsWith("high") ? 7 : 2);
            if (delivery.attempt() == 1 || text(delivery).endsWith("dies")) {
                throw new IllegalStateException("no mail today");
            }
        });
        publish(message("high", 7));
        long dying = publish(message("high dies", 7));
        long low = publish(message("low", 2));
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 3);
        await(() -> queue.position(7) >= dying && queue.position(2) >= low);
        restart();
        consume(twice, delivery -> {
            record(delivery);
            assertThat(delivery.message().priority()).isEqualTo(text(delivery).startsWith("high") ? 7 : 2);
            if (text(delivery).endsWith("dies")) {
                throw new IllegalStateException("no mail today");
            }
        });
        members.pass(SECOND);
        drain();
        assertThat(handled).contains("high 2", "high dies 2", "low 2").doesNotHaveDuplicates();
        assertThat(deadLetters()).singleElement().satisfies(dead -> {
            assertThat(dead.message().id()).isEqualTo(dying);
            assertThat(dead.message().priority()).isEqualTo(7);
        });
        await(() -> queue.doneAhead() == 0);
        for (DeliveryState state :
                List.of(DeliveryState.DUE, DeliveryState.SCHEDULED, DeliveryState.RUNNING, DeliveryState.HELD)) {
            assertThat(queue.deliveries(state)).isEmpty();
        }
    }
}
