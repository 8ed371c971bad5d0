package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A log of a channel in which a listener has left so many rows that they don't go in one transaction. */
abstract class LogBeginningTests extends LogTest {

    private static final int DELAYED = 2500;

    private List<Long> ids;

    @BeforeEach
    void leaveRows() throws Exception {
        Consumer consumer = consume(OPTIONS, this::record);
        publishAll("done", "done too");
        ids = nsqite.producer()
                .publish(IntStream.range(0, DELAYED)
                        .mapToObj(number -> message("m" + number).withDelay(Duration.ofHours(1)))
                        .toList());
        publish("behind");
        await(() -> handled.contains("behind 1"));
        nsqite.consumers().unregister(consumer, LIMIT);
        assertThat(queue.deliveries(DeliveryState.SCHEDULED)).hasSize(DELAYED);
        openLog();
    }

    private long beginning() {
        return ids.get(0) - 1;
    }

    @Test
    void aFetchBringsTheOldestThatWasNotHandledAndNoRowIsLeft() throws Exception {
        assertThat(fetch(2)).containsExactly("m0", "m1");
        assertThat(log.committed()).isEqualTo(beginning());
        assertThat(queue.deliveries(DeliveryState.SCHEDULED)).isEmpty();
        assertThat(queue.doneAhead()).isZero();
        assertThat(queue.isUnclean()).isFalse();
    }

    @Test
    void aCommitBeforeAnyFetchLeavesNoRowBehindThatWouldTakeItBack() throws Exception {
        long last = ids.get(DELAYED - 1);
        log.commit(last);
        assertThat(queue.deliveries(DeliveryState.SCHEDULED)).isEmpty();
        restart();
        openLog();
        assertThat(log.committed()).isEqualTo(last);
        assertThat(fetch(10)).containsExactly("behind");
    }

    @Test
    void aSeekBeforeAnyFetchStays() throws Exception {
        log.seekToLatest();
        assertThat(queue.deliveries(DeliveryState.SCHEDULED)).isEmpty();
        log.close();
        openLog();
        assertThat(fetch(10)).isEmpty();
    }

    @Test
    void whoClosesItBeforeItHasBegunLosesNothing() {
        log.close();
        consume(OPTIONS, this::record);
        members.pass(Duration.ofHours(1));
        drain();
        assertThat(handled).contains("m0 1", "m" + (DELAYED - 1) + " 1");
        assertThat(handled.stream().filter(text -> text.startsWith("m")).distinct())
                .hasSize(DELAYED);
    }
}
