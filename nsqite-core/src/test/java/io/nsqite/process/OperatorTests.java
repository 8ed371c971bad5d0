package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator changes channels that other owners serve: another process, or another engine in this one. */
class OperatorTests extends ProcessTest {

    private static final String NOTICED = "orders.mail: an operator changed the channel";

    private final Map<Long, Integer> handled = new ConcurrentHashMap<>();
    private final AtomicInteger fails = new AtomicInteger();
    private Nsqite operating;
    private QueueAdmin admin;

    @BeforeEach
    void open() {
        operating = queue();
        admin = operating.admin();
    }

    private Consumer consuming() {
        Nsqite serving = queue();
        Consumer consumer =
                serving.consume(TOPIC, CHANNEL, ConsumerOptions.defaults().withMaxAttempts(1), delivery -> {
                    if (fails.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        throw new IllegalStateException("told to fail");
                    }
                    handled.merge(delivery.message().id(), 1, Integer::sum);
                });
        return consumer;
    }

    @Test
    void theOwnerObeysPauseResumeAndRewind() {
        assertThat(consuming().awaitActive(LIMIT)).isTrue();
        List<Long> published = publish(operating, 100);
        admin.awaitDrained(NAME, LIMIT);

        admin.pause(NAME);
        untilLogged(NOTICED);
        published.addAll(publish(operating, 10));
        admin.rewind(NAME, 51);
        assertThat(handled).hasSize(100);
        admin.resume(NAME);
        admin.awaitDrained(NAME, LIMIT);

        until(() -> handled.size() == 110);
        published.forEach(id -> assertThat(handled).containsEntry(id, id > 50 && id <= 100 ? 2 : 1));
    }

    @Test
    void theOwnerObeysPurgeReplayAndDiscard() {
        assertThat(consuming().awaitActive(LIMIT)).isTrue();
        fails.set(3);
        publish(operating, 3);
        admin.awaitDrained(NAME, LIMIT);
        assertThat(status(operating).dead()).isEqualTo(3);

        assertThat(admin.discard(NAME, 1)).isTrue();
        assertThat(admin.replay(NAME, 2)).isTrue();
        until(() -> handled.containsKey(2L));
        assertThat(admin.replayAll(DeadLetterQuery.of(NAME))).isEqualTo(1);
        until(() -> handled.containsKey(3L));
        admin.awaitDrained(NAME, LIMIT);
        assertThat(status(operating).dead()).isZero();

        long noticedBefore = timesLogged(NOTICED);
        admin.pause(NAME);
        until(() -> timesLogged(NOTICED) > noticedBefore);
        publish(operating, 50);
        assertThat(admin.purge(NAME)).isEqualTo(50);
        admin.resume(NAME);
        long last = publish(operating, 1).get(0);
        until(() -> handled.containsKey(last));
        admin.awaitDrained(NAME, LIMIT);
        assertThat(handled).containsOnlyKeys(2L, 3L, last);
    }

    @Test
    void theConsumersOfADeletedChannelStopInAllProcessesAndDoNotCreateItAgain() throws Exception {
        Connection connection = raw();
        Consumer active = consuming();
        assertThat(active.awaitActive(LIMIT)).isTrue();
        Consumer standby = consuming();
        Child child = child("child");
        child.await("this one stands by");

        admin.delete(NAME);

        until(() -> active.state() == Consumer.State.STOPPED && standby.state() == Consumer.State.STOPPED);
        child.await("an operator deleted the channel");
        untilSomebodyLookedAround(connection);
        publish(operating, 10);
        untilSomebodyLookedAround(connection);
        assertThat(admin.channels()).isEmpty();

        standby.start();
        assertThat(standby.awaitActive(LIMIT)).isTrue();
        long later = publish(operating, 1).get(0);
        until(() -> handled.containsKey(later));
        assertThat(handled).hasSize(1);
        assertThat(active.state()).isEqualTo(Consumer.State.STOPPED);
        child.stop();
    }

    @Test
    void aStandbyOfADeletedChannelStopsAlsoWhenAnotherHasCreatedTheChannelAnew() {
        Consumer active = consuming();
        assertThat(active.awaitActive(LIMIT)).isTrue();
        Consumer standby = consuming();
        untilLogged("this one stands by");

        admin.delete(NAME);
        until(() -> active.state() == Consumer.State.STOPPED);
        active.start();

        until(() -> standby.state() == Consumer.State.STOPPED);
        assertThat(active.awaitActive(LIMIT)).isTrue();
    }

    @Test
    void aRewindInAnotherProcessLosesNothingThatItHandlesMeanwhile() throws Exception {
        Child child = child("child", "concurrency=3");
        List<Long> published = publish(operating, 500);
        for (int round = 0; round < 10; round++) {
            admin.rewind(NAME, 1);
            published.addAll(publish(operating, 50));
        }
        admin.awaitDrained(NAME, LIMIT);
        until(() -> handled().times().keySet().containsAll(published));
        assertThat(longs(raw(), "SELECT message_id FROM nsqite_done")).isEmpty();
        child.stop();
    }
}
