package io.nsqite.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.ClassUtils;

/** An application that excludes the queue's auto-configuration gets nothing of it, with everything there that the others build on. */
class ExcludedQueueTests {

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(withoutTheQueue()))
                .withBean(ObservationRegistry.class, ObservationRegistry::create)
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues("management.endpoints.web.exposure.include=*");
    }

    /** As spring.autoconfigure.exclude leaves them. */
    private static Class<?>[] withoutTheQueue() {
        ClassLoader loader = ExcludedQueueTests.class.getClassLoader();
        Class<?>[] others = ImportCandidates.load(AutoConfiguration.class, loader).getCandidates().stream()
                .filter(name -> name.startsWith("io.nsqite."))
                .filter(name -> !name.equals(NsqiteAutoConfiguration.class.getName()))
                .map(name -> ClassUtils.resolveClassName(name, loader))
                .toArray(Class<?>[]::new);
        assertThat(others).hasSizeGreaterThan(2);
        return others;
    }

    @Test
    void nothingIsThereWithoutTheQueue() {
        runner().withPropertyValues("nsqite.bus.enabled=false").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(Arrays.stream(context.getBeanDefinitionNames()).filter(name -> name.startsWith("nsqite")))
                    .isEmpty();
        });
    }
}
