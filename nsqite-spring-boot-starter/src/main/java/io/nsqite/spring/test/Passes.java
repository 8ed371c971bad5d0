package io.nsqite.spring.test;

import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.store.QueueInspection;
import io.nsqite.store.QueueInspection.Order;
import io.nsqite.store.QueueInspection.Pass;
import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Lets consumers that are stopped run until they have handled what is due. */
final class Passes {

    private static final Duration INTERVAL = Duration.ofMillis(2);

    private final Consumers consumers;
    private final JdbcOperations jdbc;
    private final TestClock clock;
    private final QueueInspection inspection;

    Passes(Consumers consumers, JdbcOperations jdbc, QueueInspection inspection, TestClock clock) {
        this.consumers = consumers;
        this.jdbc = jdbc;
        this.inspection = inspection;
        this.clock = clock;
    }

    TestClock clock() {
        return clock;
    }

    int run(ChannelName channel, Duration limit) {
        Consumer consumer = find(channel);
        if (consumer.state() != State.STOPPED) {
            throw new IllegalStateException(
                    "The listener of %s is %s already; to run it by hand, let it not start: @NsqiteTest(listeners = STOPPED)"
                            .formatted(channel, consumer.state()));
        }
        Pass pass = pass(consumer);
        Pass whateverKeysHold = new Pass(pass.topic(), pass.channel(), pass.upTo(), pass.now(), Order.NONE);
        long before = due(whateverKeysHold);
        if (due(pass) > 0) {
            consumer.start();
            try {
                await(pass, limit);
            } finally {
                consumer.stop(limit);
            }
        }
        return (int) (before - due(whateverKeysHold));
    }

    private Consumer find(ChannelName channel) {
        return consumers.all().stream()
                .filter(consumer -> name(consumer).equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no listener of %s; there are those of %s"
                        .formatted(
                                channel,
                                consumers.all().stream().map(Passes::name).toList())));
    }

    static ChannelName name(Consumer consumer) {
        return new ChannelName(consumer.topic(), consumer.channel());
    }

    private Pass pass(Consumer consumer) {
        long newest = query(inspection::newestId);
        Order order = order(consumer.options().keyOrder());
        return new Pass(consumer.topic(), consumer.channel(), newest, clock.millis(), order);
    }

    private static Order order(KeyOrder keyOrder) {
        return switch (keyOrder) {
            case NONE -> Order.NONE;
            case SKIP_DEAD -> Order.WAITING;
            case HOLD_BEHIND_DEAD -> Order.WAITING_OR_DEAD;
        };
    }

    private void await(Pass pass, Duration limit) {
        long deadline = Deadline.after(limit);
        for (long left = due(pass); left > 0; left = due(pass)) {
            if (deadline - System.nanoTime() < 0) {
                throw new IllegalStateException(
                        "%d messages of channel '%s' of topic '%s' were not handled within %s; does their handler hang?"
                                .formatted(left, pass.channel(), pass.topic(), limit));
            }
            awaitInterval();
        }
    }

    private void awaitInterval() {
        CountDownLatch over = new CountDownLatch(1);
        clock.timer().schedule(INTERVAL, over::countDown);
        try {
            over.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "The thread was interrupted while it waited for listeners to handle what is due", e);
        }
    }

    private long due(Pass pass) {
        return query(connection -> inspection.due(connection, pass));
    }

    private <T> T query(ConnectionCallback<T> query) {
        return Objects.requireNonNull(jdbc.execute(query));
    }
}
