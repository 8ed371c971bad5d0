package io.nsqite.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nsqite.Nsqite;
import io.nsqite.spring.doubles.QueueApplication;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Metrics are there when a registry is, and nothing is without. */
@Timeout(60)
class MetricsConditionTests {

    @TempDir
    Path folder;

    private ApplicationContextRunner runner() {
        return MeasuredQueue.runner(folder);
    }

    @Test
    void aRegistryBringsThem() {
        runner().withBean(SimpleMeterRegistry.class)
                .run(context ->
                        assertThat(context).hasSingleBean(QueueMetrics.class).hasSingleBean(QueueGauges.class));
    }

    @Test
    void twoRegistriesGetThemOnce() {
        runner().withBean("one", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
                .withBean("two", SimpleMeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    new MeasuredQueue(context).publish("a");
                    assertThat(context.getBean("two", MeterRegistry.class)
                                    .get("nsqite.messages.published")
                                    .counter()
                                    .count())
                            .isEqualTo(1);
                });
    }

    @Test
    void withoutARegistryThereAreNone() {
        QueueApplication.runner(folder)
                .run(context -> assertThat(context).hasSingleBean(Nsqite.class).doesNotHaveBean(QueueMetrics.class));
    }

    @Test
    void withoutMicrometerThereAreNone() {
        runner().withBean(SimpleMeterRegistry.class)
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasSingleBean(Nsqite.class).doesNotHaveBean("nsqiteMetrics"));
    }

    @Test
    void aPropertyTurnsThemOff() {
        runner().withBean(SimpleMeterRegistry.class)
                .withPropertyValues("nsqite.metrics.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(QueueMetrics.class));
    }

    @ParameterizedTest
    @CsvSource({
        "max-topics,-1,0 or more",
        "max-channels,-1,0 or more",
        "refresh-interval,-1s,from 0 to 365 days",
        "refresh-interval,366d,from 0 to 365 days"
    })
    void aSettingOutOfRangeIsRefusedWithItsRule(String name, String value, String rule) {
        runner().withBean(SimpleMeterRegistry.class)
                .withPropertyValues("nsqite.metrics.%s=%s".formatted(name, value))
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("nsqite.metrics." + name)
                        .hasStackTraceContaining(rule));
    }
}
