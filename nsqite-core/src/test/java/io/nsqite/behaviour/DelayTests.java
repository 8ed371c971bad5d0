package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.StartPosition;
import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.store.DeliveryState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages that are to be delivered later. */
abstract class DelayTests extends BehaviourTest {

    private static final Duration DELAY = Duration.ofSeconds(4);

    private enum Way {
        DELAY,
        TIME
    }

    private long publishLate(String text, Way way) {
        return publish(
                way == Way.DELAY
                        ? message(text).withDelay(DELAY)
                        : message(text).withDeliverAt(members.now().plus(DELAY)));
    }

    private void assertComesAfter(Way way) {
        consume(OPTIONS, this::record);
        publishLate("late", way);
        publish("early");
        members.pass(DELAY.minus(MILLISECOND));
        publish("just before");
        awaitHandled(2);
        assertThat(handled).containsExactly("early 1", "just before 1");
        members.pass(MILLISECOND);
        awaitHandled(3);
        drain();
        assertThat(handled).containsExactly("early 1", "just before 1", "late 1");
    }

    @Test
    void whatIsDelayedComesAtItsTimeAndOthersOvertakeIt() {
        assertComesAfter(Way.DELAY);
    }

    @Test
    void whatIsScheduledComesAtItsTimeAndOthersOvertakeIt() {
        assertComesAfter(Way.TIME);
    }

    @Test
    void aTimeThatHasPassedIsAtOnceAndKeepsTheOrder() {
        consume(OPTIONS, this::record);
        nsqite.producer()
                .publish(List.of(
                        message("a"), message("b").withDeliverAt(members.now().minus(DELAY)), message("c")));
        drain();
        assertThat(handled).containsExactly("a 1", "b 1", "c 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 60})
    void aDelaySurvivesARestartThatTakes(int seconds) throws Exception {
        consume(OPTIONS, this::record);
        long late = publishLate("late", Way.DELAY);
        long unread = publishLate("late as well", Way.TIME);
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).equals(List.of(late, unread)));
        members.close(nsqite);
        members.pass(Duration.ofSeconds(seconds));
        nsqite = openMember();
        consume(OPTIONS, this::record);
        if (seconds < DELAY.toSeconds()) {
            members.pass(DELAY.minusSeconds(seconds).minus(MILLISECOND));
            publish("just before");
            awaitHandled(1);
            assertThat(handled).containsExactly("just before 1");
            members.pass(MILLISECOND);
        }
        drain();
        assertThat(handled).contains("late 1", "late as well 1").doesNotHaveDuplicates();
    }

    @Test
    void whatIsDelayedWhileNobodyListensComesAtItsTime() {
        consume(OPTIONS, this::record).stop(LIMIT);
        publishLate("late", Way.DELAY);
        publish("early");
        members.pass(DELAY.minus(MILLISECOND));
        nsqite.consumers().all().get(0).start();
        awaitHandled(1);
        members.pass(MILLISECOND);
        awaitHandled(2);
        assertThat(handled).containsExactly("early 1", "late 1");
    }

    @Test
    void aFailedOneIsTriedAgainAfterTheBackoff() {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        publishLate("late", Way.DELAY);
        drain();
        assertThat(handled).containsExactly("late 1", "late 2");
    }

    @Test
    void manyAtTheHeadOfTheLogStopNobody() throws Exception {
        consume(OPTIONS.withConcurrency(2), this::record);
        List<Long> late = nsqite.producer()
                .publish(IntStream.range(0, 2000)
                        .mapToObj(number -> message("late").withDelay(DELAY))
                        .toList());
        long last = IntStream.range(0, 20)
                .mapToLong(number -> publish("early " + number))
                .max()
                .orElseThrow();
        awaitHandled(20);
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).equals(late));
        await(() -> queue.position(Message.DEFAULT_PRIORITY) == last && queue.doneAhead() == 0);
        assertThat(handled).hasSize(20).noneMatch("late 1"::equals);

        members.pass(DELAY);
        drain();
        assertThat(handled).hasSize(2020);
        assertThat(handled.stream().filter("late 1"::equals)).hasSize(2000);
        assertThat(queue.deliveries(DeliveryState.SCHEDULED)).isEmpty();
        assertThat(queue.deliveries(DeliveryState.RUNNING)).isEmpty();
    }

    @Test
    void aChannelThatStartsAtTheEndDoesNotGetWhatWasDelayedBefore() {
        publishLate("before", Way.DELAY);
        consume(OPTIONS.withStartFrom(StartPosition.LATEST), this::record);
        publishLate("after", Way.DELAY);
        members.pass(DELAY);
        drain();
        assertThat(handled).containsExactly("after 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2400-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "+292278994-08-17T07:12:55.807Z"})
    void aFarAwayTimeStopsNobody(String time) throws Exception {
        assertStopsNobody(message -> message.withDeliverAt(Instant.parse(time)));
    }

    @ParameterizedTest
    @ValueSource(longs = {365L * 280, 365L * 300, 365_000L * 1000})
    void aFarAwayDelayStopsNobody(long days) throws Exception {
        assertStopsNobody(message -> message.withDelay(Duration.ofDays(days)));
    }

    private void assertStopsNobody(UnaryOperator<NewMessage> far) throws Exception {
        consume(OPTIONS, delivery -> {
            record(delivery);
            if (text(delivery).equals("fails") && delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
        });
        long id = publish(far.apply(message("far away")));
        publish("early");
        publish("fails");
        publishLate("late", Way.DELAY);
        await(() -> queue.deliveries(DeliveryState.SCHEDULED).contains(id));
        passUntil(() -> handled.size() == 4);
        restart();
        consume(OPTIONS, this::record);
        publish("after the restart");
        awaitHandled(5);
        assertThat(handled).containsExactly("early 1", "fails 1", "fails 2", "late 1", "after the restart 1");
        assertThat(queue.deliveries(DeliveryState.SCHEDULED)).containsExactly(id);
    }
}
