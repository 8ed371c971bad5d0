package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import io.nsqite.store.DeliveryState;
import org.junit.jupiter.api.Test;

/** A consumer that is paused hands out nothing, but keeps its channel. */
abstract class PauseTests extends BehaviourTest {

    private void waitALittle() {
        members.pass(SECOND);
        nsqite.admin().channels();
    }

    @Test
    void whatIsPublishedWaitsUntilTheConsumerGoesOn() {
        Consumer consumer = consume(OPTIONS, this::record);
        assertThat(consumer.isPaused()).isFalse();
        consumer.pause();
        consumer.pause();
        assertThat(consumer.isPaused()).isTrue();
        publishAll("a", "b");
        waitALittle();
        assertThat(consumer.state()).isEqualTo(Consumer.State.ACTIVE);
        assertThat(status().waiting()).isEqualTo(2);
        assertThat(handled).isEmpty();

        consumer.resume();
        assertThat(consumer.isPaused()).isFalse();
        drain();
        assertThat(handled).containsExactly("a 1", "b 1");
    }

    @Test
    void whatRunsGoesOnAndIsSettled() throws Exception {
        Consumer consumer = consume(OPTIONS, delivery -> {
            record(delivery);
            gate.pass();
        });
        publishAll("a", "b");
        gate.awaitArrivals(1);
        consumer.pause();
        gate.open();
        await(() -> status().waiting() == 1);
        assertThat(handled).containsExactly("a 1");
        consumer.resume();
        drain();
        assertThat(handled).containsExactly("a 1", "b 1");
    }

    @Test
    void aRetryThatBecomesDueWaitsToo() throws Exception {
        Consumer consumer = consume(OPTIONS, delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        publish("a");
        await(() -> queue.deliveries(DeliveryState.DUE).size() == 1);
        consumer.pause();
        waitALittle();
        assertThat(handled).containsExactly("a 1");
        consumer.resume();
        drain();
        assertThat(handled).containsExactly("a 1", "a 2");
    }

    @Test
    void aPauseOutlastsAStopAndATakeover() {
        Consumer consumer = consume(OPTIONS, this::record);
        Nsqite other = openMember();
        Consumer standby = consume(other, OPTIONS, this::record);
        standby.pause();
        consumer.stop(LIMIT);
        passUntil(() -> standby.state() == Consumer.State.ACTIVE);
        publish("a");
        waitALittle();
        standby.stop(LIMIT);
        standby.start();
        waitALittle();
        assertThat(standby.isPaused()).isTrue();
        assertThat(handled).isEmpty();
        standby.resume();
        drain();
        assertThat(handled).containsExactly("a 1");
    }

    @Test
    void itConcernsThisConsumerOnlyAndNoOperatorsPause() {
        Consumer consumer = consume(OPTIONS, this::record);
        nsqite.admin().pause(CHANNEL);
        consumer.pause();
        publish("a");
        consumer.resume();
        waitALittle();
        assertThat(status().paused()).isTrue();
        assertThat(handled).isEmpty();
        nsqite.admin().resume(CHANNEL);
        drain();
        assertThat(handled).containsExactly("a 1");
    }

    @Test
    void aPausedConsumerStopsInOrder() throws Exception {
        Consumer consumer = consume(OPTIONS, this::record);
        consumer.pause();
        publish("a");
        assertThat(consumer.stop(LIMIT)).isTrue();
        assertThat(queue.isUnclean()).isFalse();
        assertThat(consumer.state()).isEqualTo(Consumer.State.STOPPED);
    }
}
