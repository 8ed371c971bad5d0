package io.nsqite.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Condition;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.autoconfigure.NsqiteHealthAutoConfiguration;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What makes the health of the queue bad, and what is only told. */
class NsqiteHealthTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner()
            .withConfiguration(AutoConfigurations.of(NsqiteHealthAutoConfiguration.class))
            .withBean(Mail.class);

    static class Mail {

        @NsqiteListener(topic = "orders", channel = "mail")
        void send(String text) {}

        @NsqiteListener(topic = "orders", channel = "idle", autoStartup = "false")
        void idle(String text) {}
    }

    private static Health health(ApplicationContext context) {
        return context.getBean(NsqiteHealthIndicator.class).health();
    }

    private static ChannelStatus channel(String name, long waiting, long dead, @Nullable Instant oldest) {
        return new ChannelStatus(
                new ChannelName("orders", name), waiting, 0, dead, false, 1L, 0, 0, oldest, true, true);
    }

    @Test
    void aQueueThatWorksIsUpAndTellsOfListenersThatWereNotStarted() {
        runner.run(context -> {
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.UP);
            assertThat(health.getDetails())
                    .isEqualTo(Map.of("idleListeners", Map.of("orders.idle", "not started, or stopped")));
        });
    }

    @Test
    void aQueueThatCantWorkIsDownAndItsDatabaseIsNotAsked() {
        Instant since = Instant.parse("2026-05-04T06:00:00Z");
        runner.run(context -> {
            context.getBean(QueueDouble.class).withCondition(new Condition("The disk is full", since));
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails()).isEqualTo(Map.of("problem", "The disk is full", "since", since));
        });
    }

    @Test
    void aListenerThatShouldRunButDoesNotIsDown() {
        runner.run(context -> {
            context.getBean(QueueDouble.class).consumer("mail").stop(Duration.ZERO);
            Health health = health(context);
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("listeners"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsOnlyKeys("orders.mail");
        });
    }

    @Test
    void aListenerThatWasStoppedOrPausedOnPurposeIsOnlyTold() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            registry.pause("orders.mail");
            assertThat(idle(context)).containsEntry("orders.mail", "paused in this process");
            registry.stop("orders.mail");
            assertThat(idle(context)).containsEntry("orders.mail", "not started, or stopped");
            registry.start("orders.mail");
            registry.resume("orders.mail");
            assertThat(idle(context)).containsOnlyKeys("orders.idle");
        });
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> idle(ApplicationContext context) {
        Health health = health(context);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        return (Map<String, String>) health.getDetails().get("idleListeners");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, List<String>> warnings(ApplicationContext context) {
        Health health = health(context);
        assertThat(health.getStatus()).isEqualTo(Status.UP);
        return (Map<String, List<String>>) health.getDetails().getOrDefault("warnings", Map.of());
    }

    @Test
    void channelsBeyondTheirLimitsAreWarnings() {
        runner.withPropertyValues(
                        "nsqite.health.max-lag=10",
                        "nsqite.health.max-age=1m",
                        "nsqite.health.max-dead-letters=5",
                        "nsqite.health.channels[orders.slow].max-lag=100")
                .run(context -> {
                    context.getBean(QueueDouble.class)
                            .withChannel(channel("good", 10, 5, Instant.now()))
                            .withChannel(channel("slow", 100, 0, null))
                            .withChannel(channel("long", 11, 0, null))
                            .withChannel(channel("late", 1, 0, Instant.now().minus(Duration.ofHours(1))))
                            .withChannel(channel("dead", 0, 6, null));
                    assertThat(warnings(context)).containsOnlyKeys("orders.long", "orders.late", "orders.dead");
                    assertThat(warnings(context).get("orders.long"))
                            .containsExactly("11 messages lie before it, more than 10");
                    assertThat(warnings(context).get("orders.late"))
                            .singleElement()
                            .asString()
                            .contains("has waited for PT1H", "more than PT1M");
                    assertThat(warnings(context).get("orders.dead"))
                            .containsExactly("it has 6 dead letters, more than 5");
                });
    }

    @Test
    void aChannelThatNobodyServesIsAWarningAndWithoutLimitsNothingElse() {
        ChannelStatus unserved = new ChannelStatus(
                new ChannelName("orders", "old"), 1_000_000, 0, 1000, false, null, 0, 0, Instant.EPOCH, false, false);
        runner.run(context -> {
            context.getBean(QueueDouble.class).withChannel(unserved);
            assertThat(warnings(context)).isEqualTo(Map.of("orders.old", List.of("nobody serves it")));
        });
    }

    @Test
    void countingGoesFarEnoughToTellAndNoFurther() {
        assertThat(new HealthLimits(50_000L, null, 7L).countUpTo()).isEqualTo(50_001);
        assertThat(new HealthLimits(null, null, 0L).countUpTo()).isEqualTo(1);
        assertThat(new HealthLimits(5L, Duration.ZERO, null).countUpTo()).isEqualTo(1_000);
        runner.withPropertyValues("nsqite.health.channels[orders.slow].max-lag=100")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class)
                            .withChannel(channel("good", 1, 0, null))
                            .withChannel(channel("slow", 1, 0, null));
                    health(context);
                    assertThat(queue.counted())
                            .as("whether there is anything, and the one with a limit up to it")
                            .endsWith(1L, 101L);
                });
    }

    @Test
    void whatCouldNotBeCountedIsAWarningWhereThereIsALimit() {
        ChannelStatus far =
                new ChannelStatus(new ChannelName("orders", "far"), 0, 0, 0, false, 1L, 0, 0, null, false, false);
        for (String limit : List.of("max-lag=10", "max-age=1m")) {
            runner.withPropertyValues("nsqite.health." + limit).run(context -> {
                context.getBean(QueueDouble.class).withChannel(far);
                assertThat(warnings(context).get("orders.far"))
                        .containsExactly("what lies before it could not be counted, as its position is too far behind");
            });
        }
        runner.withPropertyValues("nsqite.health.max-dead-letters=1").run(context -> {
            context.getBean(QueueDouble.class).withChannel(far);
            assertThat(warnings(context)).isEmpty();
        });
    }

    @Test
    void aLimitOfAChannelThatThereIsNotIsTold() {
        runner.withPropertyValues("nsqite.health.channels[orders.mial].max-lag=1")
                .run(context -> {
                    context.getBean(QueueDouble.class).withChannel(channel("mail", 0, 0, null));
                    assertThat(health(context).getStatus()).isEqualTo(Status.UP);
                    assertThat(health(context).getDetails().get("unknownChannels"))
                            .isEqualTo(Set.of("orders.mial"));
                });
    }

    @ParameterizedTest
    @CsvSource({
        "max-lag=-1, from 0 to 100000",
        "max-lag=100001, from 0 to 100000",
        "max-dead-letters=-1, from 0 to 100000",
        "max-age=-1s, 0 or more",
        "channels[orders.mail].max-lag=100001, from 0 to 100000",
        "channels[orders.mail].max-dead-letters=-1, from 0 to 100000",
        "channels[orders.mail].max-age=-1s, 0 or more"
    })
    void aLimitOutOfItsRangeIsRefusedWhileBinding(String property, String rule) {
        runner.withPropertyValues("nsqite.health." + property)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(rule));
    }
}
