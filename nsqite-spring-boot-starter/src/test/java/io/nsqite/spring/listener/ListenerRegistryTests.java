package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.ListenerStatus;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import io.nsqite.spring.doubles.TestDelivery;
import io.nsqite.spring.handler.UnusableMessageException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ListenerRegistryTests {

    private static final MessageHandler IGNORING = delivery -> {};

    private final ApplicationContextRunner runner =
            QueueDoubleConfiguration.runner().withBean(Mail.class);

    @Test
    void listenersAreToldByIdWithTheirState() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            assertThat(registry.listeners())
                    .containsExactly(new ListenerStatus("orders.mail", "orders", "mail", State.ACTIVE, false, true));
            assertThat(registry.status("orders.mail"))
                    .isEqualTo(registry.listeners().get(0));
        });
    }

    @Test
    void listenersAreStoppedStartedPausedAndResumedById() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            assertThat(registry.stop("orders.mail")).isTrue();
            assertThat(registry.status("orders.mail").state()).isEqualTo(State.STOPPED);
            assertThat(registry.status("orders.mail").shouldRun()).isFalse();
            registry.start("orders.mail");
            assertThat(registry.status("orders.mail").shouldRun()).isTrue();
            assertThat(registry.status("orders.mail").state()).isEqualTo(State.ACTIVE);
            registry.pause("orders.mail");
            assertThat(registry.status("orders.mail").paused()).isTrue();
            registry.resume("orders.mail");
            assertThat(registry.status("orders.mail").paused()).isFalse();
        });
    }

    @Test
    void anIdThatNobodyHasIsRefusedWithThoseThatThereAre() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            Stream.<Consumer<String>>of(
                            registry::start,
                            registry::stop,
                            registry::pause,
                            registry::resume,
                            registry::status,
                            registry::unregister)
                    .forEach(call -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> call.accept("orders.mial"))
                            .withMessage("There is no listener with the id 'orders.mial'; there are [orders.mail]"));
        });
    }

    @Test
    void aConfigurersListenersAreRegisteredTogetherWithTheAnnotatedOnes() {
        NsqiteListenerConfigurer configurer =
                registry -> registry.register(ListenerRegistration.of("late", "orders", "stock", IGNORING));
        runner.withBean(NsqiteListenerConfigurer.class, () -> configurer).run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            assertThat(queue.registrations()).isEqualTo(1);
            assertThat(queue.channelNames()).containsExactly("mail", "stock");
            assertThat(queue.consumer("stock").state()).isEqualTo(State.ACTIVE);
        });
    }

    @Test
    void aListenerRegisteredWhileTheApplicationRunsIsStartedAtOnce() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            registry.register(ListenerRegistration.of("late", "orders", "stock", IGNORING));
            registry.register(ListenerRegistration.of("later", "orders", "audit", IGNORING)
                    .withoutAutoStartup());
            assertThat(registry.status("late").state()).isEqualTo(State.ACTIVE);
            assertThat(registry.status("later").state()).isEqualTo(State.STOPPED);
            registry.start("later");
            assertThat(registry.status("later").state()).isEqualTo(State.ACTIVE);
        });
    }

    @Test
    void aListenerRegisteredWhileTheApplicationIsStoppedWaitsForItsStart() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            context.stop();
            registry.register(ListenerRegistration.of("late", "orders", "stock", IGNORING));
            assertThat(registry.status("late").state()).isEqualTo(State.STOPPED);
            context.start();
            assertThat(registry.status("late").state()).isEqualTo(State.ACTIVE);
        });
    }

    @Test
    void anUnregisteredListenerIsStoppedAndItsIdAndChannelAreFree() {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            QueueDouble queue = context.getBean(QueueDouble.class);
            var mail = queue.consumer("mail");
            assertThat(registry.unregister("orders.mail")).isTrue();
            assertThat(mail.state()).isEqualTo(State.STOPPED);
            assertThat(registry.listeners()).isEmpty();
            registry.register(ListenerRegistration.of("orders.mail", "orders", "mail", IGNORING));
            assertThat(registry.status("orders.mail").state()).isEqualTo(State.ACTIVE);
        });
    }

    @Test
    void optionsStandBetweenThePropertiesOfAllListenersAndThoseOfThisOne() {
        runner.withPropertyValues(
                        "nsqite.listener.concurrency=7",
                        "nsqite.listener.max-attempts=7",
                        "nsqite.listener.ack-lease=7s",
                        "nsqite.listeners.late.max-attempts=9",
                        "nsqite.listeners.late.auto-startup=false",
                        "nsqite.listeners.late.no-retry-for=java.lang.ArithmeticException")
                .withBean(
                        NsqiteListenerConfigurer.class,
                        () -> registry -> registry.register(ListenerRegistration.of("late", "orders", "stock", IGNORING)
                                .withOptions(options -> options.withMaxAttempts(8)
                                        .withAckMode(AckMode.MANUAL)
                                        .withKeyOrder(KeyOrder.HOLD_BEHIND_DEAD))))
                .run(context -> {
                    assertThat(options(context, "stock"))
                            .returns(7, ConsumerOptions::concurrency)
                            .returns(9, ConsumerOptions::maxAttempts)
                            .returns(Duration.ofSeconds(7), ConsumerOptions::ackLease)
                            .returns(AckMode.MANUAL, ConsumerOptions::ackMode)
                            .returns(KeyOrder.HOLD_BEHIND_DEAD, ConsumerOptions::keyOrder);
                    assertThat(options(context, "stock").fatal())
                            .accepts(new ArithmeticException())
                            .rejects(new IllegalStateException());
                    assertThat(context.getBean(QueueDouble.class)
                                    .consumer("stock")
                                    .state())
                            .isEqualTo(State.STOPPED);
                });
    }

    @Test
    void payloadsAreReadForAHandlerThatNamesTheirType() {
        List<Object> seen = new ArrayList<>();
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            registry.register(ListenerRegistration.of(
                    "late", "orders", "stock", Amount.class, (amount, delivery) -> seen.add(amount)));
            context.getBean(QueueDouble.class).consumer("stock").deliver("{\"cents\":3}");
            assertThat(seen).containsExactly(new Amount(3));
            assertThatThrownBy(() ->
                            context.getBean(QueueDouble.class).consumer("stock").deliver("{"))
                    .isInstanceOf(UnusableMessageException.class)
                    .hasMessageContaining("'late' (registered in code)")
                    .satisfies(failure ->
                            assertThat(options(context, "stock").fatal()).accepts(failure));
        });
    }

    @Test
    void aBatchHandlerMayTakeSeveral() throws Exception {
        List<Object> seen = new ArrayList<>();
        BatchHandler batches = seen::addAll;
        runner.run(context -> {
            context.getBean(NsqiteListenerRegistry.class)
                    .register(ListenerRegistration.of("late", "orders", "stock", batches)
                            .withOptions(options -> options.withBatchSize(10)));
            assertThat(options(context, "stock").batchSize()).isEqualTo(10);
            context.getBean(QueueDouble.class).consumer("stock").deliver("a");
            assertThat(seen).singleElement().isInstanceOf(TestDelivery.class);
        });
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("mistakes")
    void aMistakeIsRefusedAndNamesTheListenerBeforeAndAfterTheStart(ListenerRegistration registration, String problem) {
        runner.run(context -> {
            NsqiteListenerRegistry registry = context.getBean(NsqiteListenerRegistry.class);
            assertThatThrownBy(() -> registry.register(registration))
                    .isInstanceOf(InvalidListenerException.class)
                    .hasMessageContaining(registration.toString())
                    .hasMessageContaining(problem);
            assertThat(context.getBean(QueueDouble.class).registrations()).isEqualTo(1);
        });
        runner.withBean(NsqiteListenerConfigurer.class, () -> registry -> registry.register(registration))
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining(problem));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ack-lease=1s", "hold-key-behind-dead-letter=true", "batch-size=10", "batch-size=1"})
    void aPropertyThatMeansNothingToItsListenerIsRefused(String property) {
        runner.withPropertyValues("nsqite.listeners.late." + property)
                .withBean(
                        NsqiteListenerConfigurer.class,
                        () -> registry ->
                                registry.register(ListenerRegistration.of("late", "orders", "stock", IGNORING)))
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("'late' (registered in code)")
                        .hasMessageContaining("has the property nsqite.listeners[late]."
                                + property.substring(0, property.indexOf('='))));
    }

    @Test
    void aPropertyThatMeansSomethingToItsListenerIsObeyed() {
        BatchHandler batches = deliveries -> {};
        runner.withPropertyValues(
                        "nsqite.listeners.late.ack-lease=3s",
                        "nsqite.listeners.late.hold-key-behind-dead-letter=true",
                        "nsqite.listeners.later.batch-size=7")
                .withBean(NsqiteListenerConfigurer.class, () -> registry -> {
                    registry.register(ListenerRegistration.of("late", "orders", "stock", IGNORING)
                            .withOptions(options ->
                                    options.withAckMode(AckMode.MANUAL).withKeyOrder(KeyOrder.SKIP_DEAD)));
                    registry.register(ListenerRegistration.of("later", "orders", "audit", batches));
                })
                .run(context -> {
                    assertThat(options(context, "stock"))
                            .returns(Duration.ofSeconds(3), ConsumerOptions::ackLease)
                            .returns(KeyOrder.HOLD_BEHIND_DEAD, ConsumerOptions::keyOrder);
                    assertThat(options(context, "audit").batchSize()).isEqualTo(7);
                });
    }

    static Stream<Arguments> mistakes() {
        ListenerRegistration fine = ListenerRegistration.of("late", "orders", "stock", IGNORING);
        return Stream.of(
                arguments(ListenerRegistration.of("late", "", "stock", IGNORING), "has no valid topic"),
                arguments(ListenerRegistration.of("late", "orders", "not/valid", IGNORING), "has no valid channel"),
                arguments(
                        ListenerRegistration.of("late", "orders", "mail", IGNORING),
                        "serves the channel 'orders.mail', and so does"),
                arguments(
                        ListenerRegistration.of("orders.mail", "orders", "stock", IGNORING),
                        "has the id 'orders.mail', and so does"),
                arguments(fine.withOptions(options -> options.withConcurrency(0)), "concurrency must be 1 to 1000"),
                arguments(
                        fine.withOptions(options -> options.withBatchSize(2)),
                        "has batchSize 2, but its handler takes one message at a time"),
                arguments(
                        fine.withOptions(options -> options.withBatchSize(2).withKeyOrder(KeyOrder.SKIP_DEAD)),
                        "batchSize must be 1 but was 2"),
                arguments(fine.withTransaction(), "there is no PlatformTransactionManager"),
                arguments(fine.withTransaction("mine"), "there is no such bean"));
    }

    @Test
    void aListenerInCodeNeedsAnId() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ListenerRegistration.of(" ", "orders", "stock", IGNORING))
                .withMessageContaining("has no id")
                .withMessageContaining("\"orders.stock\"");
    }

    private static ConsumerOptions options(AssertableApplicationContext context, String channel) {
        return context.getBean(QueueDouble.class).consumer(channel).options();
    }

    record Amount(int cents) {}

    static class Mail {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {}
    }
}
