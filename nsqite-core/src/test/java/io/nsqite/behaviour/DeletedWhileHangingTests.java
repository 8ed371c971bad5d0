package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.Consumer;
import org.junit.jupiter.api.Test;

/** A channel is deleted while one hangs that served it. */
abstract class DeletedWhileHangingTests extends BehaviourTest {

    @Test
    void itIsNotCreatedAgainWhenThatOneWakesUpThoughTheOthersHaveRestarted() {
        Nsqite hanging = openMember();
        Consumer consumer = consume(hanging, OPTIONS, this::record);
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        takeOverFrom(hanging, consume(OPTIONS, this::record));
        nsqite.admin().delete(CHANNEL);
        restart();
        publish("nobody hears it"); // what the start has begun is done

        members.wake(hanging);
        passUntil(() -> consumer.state() == Consumer.State.STOPPED);
        assertThat(nsqite.admin().channels()).isEmpty();
    }
}
