package io.nsqite.spring.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import io.nsqite.Nsqite;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.observation.ObservedHandling;
import io.nsqite.spring.observation.ObservedProducer;
import io.nsqite.spring.observation.ProcessObservationConvention;
import io.nsqite.spring.observation.PublishObservationConvention;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Observations, where the application has a registry for them. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnBooleanProperty(name = "nsqite.observation.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NsqiteObservationProperties.class)
class ObservationConfiguration {

    /** The one that is used: imported, it comes before the plain one, which leaves off. */
    @Bean
    @ConditionalOnMissingBean
    Producer nsqiteProducer(
            Nsqite nsqite, ObservationRegistry registry, ObjectProvider<PublishObservationConvention> convention) {
        return new ObservedProducer(nsqite.producer(), registry, convention.getIfAvailable());
    }

    /** Before the application's own, so that they run within the observation. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    NsqiteBuilderCustomizer nsqiteObservedHandling(
            ObservationRegistry registry, ObjectProvider<ProcessObservationConvention> convention) {
        return builder -> builder.interceptor(new ObservedHandling(registry, convention.getIfAvailable()));
    }
}
