package io.nsqite.docs;

import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.nsqite.producer.Producer;
import io.nsqite.spring.doubles.QueueApplication;
import io.nsqite.spring.logging.DeliveryMdc;
import io.nsqite.spring.metrics.BusMeter;
import io.nsqite.spring.metrics.QueueMeter;
import io.nsqite.spring.observation.QueueObservation;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page about metrics names all there are, and its examples work. */
@Timeout(60)
class MetricsPageTests {

    @TempDir
    Path folder;

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "metrics.md"));
    }

    @ParameterizedTest
    @EnumSource
    void everyMeterOfTheQueueIsThereWithItsTagsAndUnit(QueueMeter meter) throws IOException {
        assertIsThere(meter);
    }

    @ParameterizedTest
    @EnumSource
    void everyMeterOfTheBusIsThereWithItsTagsAndUnit(BusMeter meter) throws IOException {
        assertIsThere(meter);
    }

    private static void assertIsThere(MeterDocumentation meter) throws IOException {
        String line = page().lines()
                .filter(row -> row.startsWith("| `%s` |".formatted(meter.getName())))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row for " + meter.getName()));
        List<String> cells = List.of(line.split("\\|"));
        assertThat(cells.get(3).strip())
                .isEqualTo(String.join(
                        ", ",
                        Stream.of(meter.getKeyNames()).map(KeyName::asString).toList()));
        if (meter.getBaseUnit() != null) {
            assertThat(cells.get(2)).endsWith(", %s ".formatted(meter.getBaseUnit()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyOfAnObservationIsThere(QueueObservation observation) throws IOException {
        String page = page();
        Stream.of(observation.getLowCardinalityKeyNames(), observation.getHighCardinalityKeyNames())
                .flatMap(Stream::of)
                .forEach(key -> assertThat(page).contains("| `%s`".formatted(key.asString())));
    }

    @Test
    void everyKeyOfTheLogContextIsThere() throws IOException {
        assertThat(page())
                .contains(
                        DeliveryMdc.TOPIC + "`",
                        DeliveryMdc.CHANNEL + "`",
                        DeliveryMdc.MESSAGE_ID + "`",
                        DeliveryMdc.ATTEMPT + "`");
    }

    @Test
    void theExamplesWork() throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/test/resources/io/nsqite/docs/metrics.properties"))) {
            properties.load(reader);
        }
        TestObservationRegistry registry = TestObservationRegistry.create();
        CountDownLatch handled = new CountDownLatch(1);
        QueueApplication.runner(folder)
                .withPropertyValues(properties.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new))
                .withBean(TestObservationRegistry.class, () -> registry)
                .withBean(ShopConvention.class)
                .withBean("mail", Object.class, () -> QueueApplication.mail((text, delivery) -> handled.countDown()))
                .run(context -> {
                    context.getBean(Producer.class).publish("orders", "a");
                    awaitThat(() -> handled.getCount() == 0);
                    TestObservationRegistryAssert.assertThat(registry).hasAnObservationWithAKeyValue("shop", "berlin");
                });
    }
}
