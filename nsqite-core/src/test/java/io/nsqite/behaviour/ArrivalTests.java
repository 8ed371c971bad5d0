package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.NsqiteBuilder;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.message.Delivery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Messages arrive that come straight from the log, and no others, so that they show how long messages wait. */
abstract class ArrivalTests extends BehaviourTest {

    private final List<String> arrived = new CopyOnWriteArrayList<>();

    @Override
    NsqiteBuilder prepared(NsqiteBuilder builder) {
        return builder.channelListener(new ChannelListener() {
            @Override
            public void arrived(Delivery delivery) {
                arrived.add(text(delivery));
            }
        });
    }

    @Test
    void whatIsToBeDeliveredAtOnceArrivesBeforeItsHandlerIsCalled() {
        consume(OPTIONS, delivery -> {
            assertThat(arrived).contains(text(delivery));
            record(delivery);
        });
        publishAll("a", "b");
        awaitHandled(2);
        assertThat(arrived).containsExactly("a", "b");
        assertThat(handled).containsExactly("a 1", "b 1");
    }

    @Test
    void whatHadADelayDoesNot() {
        consume(OPTIONS, this::record);
        publish(message("late").withDelay(SECOND));
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1", "late 1");
        assertThat(arrived).containsExactly("a");
    }

    @Test
    void whatIsTriedAgainDoesSoOnce() {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        publish("a");
        drain();
        assertThat(handled).containsExactly("a 1", "a 2");
        assertThat(arrived).containsExactly("a");
    }

    @Test
    void aReplayedDeadLetterDoesNot() {
        consume(OPTIONS.withMaxAttempts(1), delivery -> {
            record(delivery);
            if (handled.size() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        long id = publish("a");
        await(() -> deadLetters().size() == 1);
        nsqite.admin().replay(CHANNEL, id);
        awaitHandled(2);
        assertThat(handled).containsExactly("a 1", "a 1");
        assertThat(arrived).containsExactly("a");
    }
}
