package io.nsqite.spring.metrics;

import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.Delivery;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.doubles.QueueApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What channels have before them is shown, without looking into the database at every look. */
@Timeout(60)
class QueueGaugesTests {

    private static final Duration REFRESH = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final MockClock clock = new MockClock();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);

    private ApplicationContextRunner runner() {
        return MeasuredQueue.runner(folder)
                .withBean(MeterRegistry.class, () -> new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock))
                .withBean(NsqiteListenerConfigurer.class, () -> QueueApplication.mail(this::handle));
    }

    private void handle(String text, Delivery delivery) throws InterruptedException {
        if (text.equals("fails")) {
            throw new IllegalStateException("no mail today");
        }
        entered.countDown();
        assertThat(gate.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void openGate() {
        gate.countDown();
    }

    @Test
    void aChannelHasItsGaugesFromTheStart() {
        runner().run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            assertThat(queue.gauge("lag")).isZero();
            assertThat(queue.gauge("oldest.age")).isZero();
            assertThat(queue.gauge("dead.letters")).isZero();
            assertThat(queue.gauge("in.flight")).isZero();
            assertThat(queue.registry().get("nsqite.channels").gauge().value()).isEqualTo(1);
            assertThat(queue.registry().get("nsqite.wal.size").gauge().value()).isPositive();
        });
    }

    @Test
    void whatWaitsIsInHandAndIsDeadIsShown() {
        runner().run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            queue.publish("fails");
            awaitThat(
                    () -> queue.registry().find("nsqite.messages.dead").counter() != null && queue.count("dead") == 1);
            QueueAdmin admin = context.getBean(QueueAdmin.class);
            awaitThat(() -> admin.channels().get(0).dead() == 1);
            queue.publish("a");
            queue.publish("b");
            queue.publish("c");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            setClockTo(admin, Duration.ofHours(1));
            assertThat(queue.gauge("lag")).isEqualTo(3);
            assertThat(queue.gauge("dead.letters")).isEqualTo(1);
            assertThat(queue.gauge("in.flight")).isPositive();
            assertThat(queue.gauge("oldest.age"))
                    .as("by the registry's clock, which is set to an hour after")
                    .isEqualTo(3600.0);
            openGate(); // else the application waits for it at its end
        });
    }

    private void setClockTo(QueueAdmin admin, Duration afterOldest) {
        Instant oldest = Objects.requireNonNull(admin.channels().get(0).oldestWaiting());
        clock.add(Duration.between(Instant.ofEpochMilli(clock.wallTime()), oldest.plus(afterOldest)));
    }

    @Test
    void theDatabaseIsLookedIntoOnceInAnInterval() {
        runner().run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            assertThat(queue.gauge("lag")).isZero();
            queue.publish("a");
            assertThat(entered.await(10, TimeUnit.SECONDS)).isTrue();
            clock.add(REFRESH.minusMillis(1));
            assertThat(queue.gauge("lag")).as("not looked yet").isZero();
            clock.add(Duration.ofMillis(1));
            assertThat(queue.gauge("lag")).isEqualTo(1);
            openGate(); // else the application waits for it at its end
        });
    }

    @Test
    void channelsOfOthersComeAndGo() {
        runner().run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            ChannelName mail = new ChannelName("orders", "mail");
            QueueAdmin admin = context.getBean(QueueAdmin.class);
            queue.consumers().unregister(queue.consumers().all().get(0), Duration.ofSeconds(5));
            clock.add(REFRESH);
            assertThat(queue.gauge("lag")).as("it is served by nobody").isZero();
            admin.delete(mail);
            queue.producer().publish("orders", "a");
            queue.consumers()
                    .register(List.of(new Subscription("orders", "audit", ConsumerOptions.defaults(), delivery -> {})));
            clock.add(REFRESH);
            assertThat(queue.registry().get("nsqite.channels").gauge().value()).isEqualTo(1);
            assertThat(queue.registry()
                            .get("nsqite.channel.lag")
                            .tag("channel", "audit")
                            .gauge())
                    .isNotNull();
            assertThat(queue.registry()
                            .find("nsqite.channel.lag")
                            .tag("channel", "mail")
                            .gauge())
                    .isNull();
        });
    }

    @Test
    void channelsOfTopicsThatShareATagAreNotShown() {
        runner().withPropertyValues("nsqite.metrics.max-topics=0").run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            assertThat(queue.registry().get("nsqite.channels").gauge().value()).isEqualTo(1);
            assertThat(queue.registry().find("nsqite.channel.lag").gauge()).isNull();
        });
    }

    @Test
    void theLastChannelThatIsDeletedTakesItsMetersWithIt() {
        runner().run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            openGate();
            queue.publish("a");
            awaitThat(() -> queue.count("succeeded") == 1);
            queue.consumers().unregister(queue.consumers().all().get(0), Duration.ofSeconds(5));
            context.getBean(QueueAdmin.class).delete(new ChannelName("orders", "mail"));
            clock.add(REFRESH);
            assertThat(queue.registry().get("nsqite.channels").gauge().value()).isZero();
            assertThat(queue.registry().getMeters())
                    .extracting(meter -> meter.getId().getTag("channel"))
                    .containsOnlyNulls();
        });
    }

    @Test
    void channelsThatCantBeReadAreNotShownAsNone() {
        runner().run(context -> {
            MeasuredQueue queue = new MeasuredQueue(context);
            assertThat(queue.gauge("lag")).isZero();
            context.getBean(Nsqite.class).close();
            clock.add(REFRESH);
            assertThat(queue.gauge("lag")).isNaN();
            assertThat(queue.registry().get("nsqite.channels").gauge().value()).isNaN();
        });
    }
}
