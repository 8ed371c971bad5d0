package io.nsqite.spring.observation;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.doubles.QueueApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.transaction.IllegalTransactionStateException;

/** Publishing and handling are observed under the names that OpenTelemetry has for messaging. */
@Timeout(60)
class ObservationTests {

    private static final String PUBLISH = "nsqite.publish";
    private static final String PROCESS = "nsqite.process";

    @TempDir
    Path folder;

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final List<Delivery> handled = new CopyOnWriteArrayList<>();

    private ApplicationContextRunner runner() {
        return QueueApplication.runner(folder).withBean(TestObservationRegistry.class, () -> registry);
    }

    private ApplicationContextRunner listening() {
        return runner().withBean("mail", Object.class, () -> QueueApplication.mail(this::handle));
    }

    private void handle(String text, Delivery delivery) {
        handled.add(delivery);
        if (text.equals("fails") && delivery.attempt() == 1) {
            throw new IllegalStateException("no mail today");
        }
    }

    private static long publish(Producer producer, String text) {
        return producer.publish("orders", text);
    }

    private void awaitProcessed(int times) {
        awaitThat(() -> finished().stream().filter(PROCESS::equals).count() == times);
    }

    /** Those that have stopped have their contextual names. */
    private List<String> finished() {
        List<String> names = new ArrayList<>();
        assertThat(registry)
                .hasHandledContextsThatSatisfy(contexts -> contexts.stream()
                        .filter(context -> context.getContextualName() != null)
                        .forEach(context -> names.add(context.getName())));
        return names;
    }

    @Test
    void publishingAMessage() {
        runner().run(context -> {
            long id = publish(context.getBean(Producer.class), "a");
            assertThat(registry)
                    .hasSingleObservationThat()
                    .hasNameEqualTo(PUBLISH)
                    .hasContextualNameEqualTo("publish orders")
                    .hasLowCardinalityKeyValue("messaging.system", "nsqite")
                    .hasLowCardinalityKeyValue("messaging.operation.name", "publish")
                    .hasLowCardinalityKeyValue("messaging.operation.type", "send")
                    .hasLowCardinalityKeyValue("messaging.destination.name", "orders")
                    .hasHighCardinalityKeyValue("messaging.message.id", String.valueOf(id))
                    .hasKeyValuesCount(5)
                    .hasBeenStopped()
                    .doesNotHaveError();
        });
    }

    @Test
    void publishingSeveralIsOneObservation() {
        runner().run(context -> {
            context.getBean(Producer.class).publish(List.of(NewMessage.to("orders", "a"), NewMessage.to("stock", "b")));
            assertThat(registry)
                    .hasSingleObservationThat()
                    .hasLowCardinalityKeyValue("messaging.destination.name", "none")
                    .hasHighCardinalityKeyValue("messaging.batch.message_count", "2")
                    .doesNotHaveHighCardinalityKeyValueWithKey("messaging.message.id");
        });
    }

    @Test
    void publishingThatFails() {
        runner().run(context -> {
            Producer producer = context.getBean(Producer.class);
            assertThatExceptionOfType(IllegalTransactionStateException.class)
                    .isThrownBy(() -> producer.publishTx("orders", "a"));
            assertThat(registry).hasSingleObservationThat().hasError().hasBeenStopped();
        });
    }

    @Test
    void whatIsRefusedIsRefusedAsWithoutObservations() {
        runner().run(context -> {
            Producer producer = context.getBean(Producer.class);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> producer.publish((NewMessage) null))
                    .withMessageContaining("The message to publish is null");
            assertThat(producer.publish(List.of())).isEmpty();
        });
    }

    @Test
    void handlingAMessageAndItsRetry() {
        listening().run(context -> {
            long id = publish(context.getBean(Producer.class), "fails");
            awaitProcessed(2);
            assertThat(registry)
                    .forAllObservationsWithNameEqualTo(
                            PROCESS,
                            observation -> observation
                                    .hasContextualNameEqualTo("process orders")
                                    .hasLowCardinalityKeyValue("messaging.system", "nsqite")
                                    .hasLowCardinalityKeyValue("messaging.operation.name", "process")
                                    .hasLowCardinalityKeyValue("messaging.operation.type", "process")
                                    .hasLowCardinalityKeyValue("messaging.destination.name", "orders")
                                    .hasLowCardinalityKeyValue("messaging.consumer.group.name", "mail")
                                    .hasHighCardinalityKeyValue("messaging.message.id", String.valueOf(id))
                                    .hasKeyValuesCount(7));
            assertThat(registry)
                    .hasAnObservation(observation -> observation
                            .hasHighCardinalityKeyValue("nsqite.message.attempt", "1")
                            .hasError())
                    .hasAnObservation(observation -> observation
                            .hasHighCardinalityKeyValue("nsqite.message.attempt", "2")
                            .doesNotHaveError());
        });
    }

    static class Batches {

        private final List<List<String>> batches = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "batch", batchSize = 10)
        void store(List<String> texts) {
            batches.add(texts);
        }
    }

    @Test
    void handlingABatchIsOneObservation() {
        runner().withBean(Batches.class).run(context -> {
            context.getBean(Producer.class)
                    .publish(List.of(NewMessage.to("orders", "a"), NewMessage.to("orders", "b")));
            awaitThat(() -> finished().contains(PROCESS));
            assertThat(context.getBean(Batches.class).batches).containsExactly(List.of("a", "b"));
            assertThat(registry)
                    .hasObservationWithNameEqualTo(PROCESS)
                    .that()
                    .hasHighCardinalityKeyValue("messaging.batch.message_count", "2")
                    .doesNotHaveHighCardinalityKeyValueWithKey("messaging.message.id");
        });
    }

    /** Stands for a tracer. */
    private static final class Tracing implements ObservationHandler<PublishContext> {

        @Override
        public void onStart(PublishContext context) {
            context.getSetter().set(context.getCarrier(), "traceparent", "ours");
            context.getSetter().set(context.getCarrier(), "tenant", "ours");
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return context instanceof PublishContext;
        }
    }

    @Test
    void aHeaderOfThePublisherIsLeftAlone() {
        registry.observationConfig().observationHandler(new Tracing());
        listening().run(context -> {
            context.getBean(Producer.class).publish(NewMessage.to("orders", "a").withHeader("tenant", "theirs"));
            awaitProcessed(1);
            assertThat(handled.get(0).message().headers())
                    .containsEntry("tenant", "theirs")
                    .containsEntry("traceparent", "ours")
                    .containsEntry(Message.CONTENT_TYPE, "text/plain;charset=UTF-8")
                    .hasSize(3);
        });
    }

    private static final class Named extends DefaultPublishObservationConvention {

        @Override
        public KeyValues getLowCardinalityKeyValues(PublishContext context) {
            return super.getLowCardinalityKeyValues(context).and("shop", "1");
        }
    }

    private static final class Renamed extends DefaultProcessObservationConvention {

        @Override
        public String getName() {
            return "shop.mail";
        }
    }

    @Test
    void aBeanReplacesAConvention() {
        listening().withBean(Named.class).withBean(Renamed.class).run(context -> {
            publish(context.getBean(Producer.class), "a");
            awaitThat(() -> finished().contains("shop.mail"));
            assertThat(registry).hasObservationWithNameEqualTo(PUBLISH).that().hasLowCardinalityKeyValue("shop", "1");
        });
    }

    @Test
    void aPropertyTurnsThemOff() {
        listening().withPropertyValues("nsqite.observation.enabled=false").run(context -> {
            publish(context.getBean(Producer.class), "a");
            awaitThat(() -> handled.size() == 1);
            assertThat(registry).doesNotHaveAnyObservation();
        });
    }

    @Test
    void withoutMicrometerTheProducerIsTheQueuesOwn() {
        QueueApplication.runner(folder)
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context)
                        .getBean(Producer.class)
                        .extracting(Object::getClass)
                        .extracting(Class::getSimpleName)
                        .isEqualTo("DefaultProducer"));
    }

    @Test
    void everyKeyIsDocumented() {
        listening().run(context -> {
            publish(context.getBean(Producer.class), "a");
            awaitProcessed(1);
            assertThat(Map.of(PUBLISH, QueueObservation.PUBLISH, PROCESS, QueueObservation.PROCESS))
                    .allSatisfy((name, documentation) -> assertThat(registry)
                            .hasObservationWithNameEqualTo(name)
                            .that()
                            .hasSubsetOfKeys(Stream.of(
                                            documentation.getLowCardinalityKeyNames(),
                                            documentation.getHighCardinalityKeyNames())
                                    .flatMap(Arrays::stream)
                                    .map(KeyName::asString)
                                    .toArray(String[]::new)));
        });
    }
}
