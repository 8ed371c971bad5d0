package io.nsqite.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.nsqite.Nsqite;
import io.nsqite.spring.metrics.BoundedTags;
import io.nsqite.spring.metrics.QueueGauges;
import io.nsqite.spring.metrics.QueueMetrics;
import io.nsqite.spring.metrics.TagLimit;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Auto-configuration of the queue's metrics, where the application has a registry for them. */
@AutoConfiguration(
        after = NsqiteAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(Nsqite.class)
@ConditionalOnSingleCandidate(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "nsqite.metrics.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NsqiteMetricsProperties.class)
public final class NsqiteMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    BoundedTags nsqiteMetricTags(NsqiteMetricsProperties properties) {
        return new BoundedTags(properties.maxTopics(), properties.maxChannels());
    }

    @Bean
    @ConditionalOnMissingBean
    TagLimit nsqiteTagLimit(BoundedTags tags) {
        return new TagLimit(tags);
    }

    /** First, so that what the application adds is measured too. */
    @Bean
    @ConditionalOnMissingBean
    @Order(Ordered.HIGHEST_PRECEDENCE + 20)
    QueueMetrics nsqiteMetrics(MeterRegistry registry, BoundedTags tags) {
        return new QueueMetrics(registry, tags);
    }

    @Bean
    @ConditionalOnMissingBean
    QueueGauges nsqiteGauges(
            Nsqite nsqite, BoundedTags tags, QueueMetrics metrics, NsqiteMetricsProperties properties) {
        return new QueueGauges(nsqite, tags, metrics, properties.refreshInterval());
    }
}
