package io.nsqite.spring.autoconfigure;

import io.nsqite.bus.BusListener;
import io.nsqite.bus.EventBus;
import io.nsqite.bus.EventBusBuilder;
import io.nsqite.spring.bus.Subscribers;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Auto-configuration of the event bus and its subscribers. It needs no database, and nothing of the queue. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "nsqite.bus.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NsqiteBusProperties.class)
public final class NsqiteBusAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    EventBus nsqiteEventBus(
            NsqiteBusProperties properties, ObjectProvider<BusListener> listeners, Environment environment) {
        EventBusBuilder builder =
                EventBus.builder().options(properties.toOptions()).stopTimeout(properties.stopTimeout());
        if (Threading.VIRTUAL.isActive(environment)) {
            builder.handlerThreads(new VirtualThreadTaskExecutor().getVirtualThreadFactory());
        }
        listeners.orderedStream().forEach(builder::listener);
        return builder.build();
    }

    @Bean
    Subscribers nsqiteSubscribers(
            ConfigurableListableBeanFactory beanFactory, ObjectProvider<EventBus> bus, NsqiteBusProperties properties) {
        return new Subscribers(beanFactory, bus, properties.toConfiguredSubscribers(), properties.stopTimeout());
    }
}
