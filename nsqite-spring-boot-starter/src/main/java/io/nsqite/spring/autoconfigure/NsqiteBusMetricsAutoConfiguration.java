package io.nsqite.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.metrics.BusMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the event bus's metrics, where the application has a registry for them. */
@AutoConfiguration(
        after = NsqiteBusAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(EventBus.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "nsqite.metrics.enabled", matchIfMissing = true)
public final class NsqiteBusMetricsAutoConfiguration {

    @Bean
    BusMetrics nsqiteBusMetrics(MeterRegistry registry) {
        return new BusMetrics(registry);
    }

    @Bean
    MeterBinder nsqiteBusUnheard(EventBus bus) {
        return registry -> BusMetrics.bindUnheard(bus, registry);
    }
}
