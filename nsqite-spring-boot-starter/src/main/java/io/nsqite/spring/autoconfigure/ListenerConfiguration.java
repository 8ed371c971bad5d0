package io.nsqite.spring.autoconfigure;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumers;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.handler.ListenerHandlers;
import io.nsqite.spring.listener.ListenerLifecycle;
import io.nsqite.spring.listener.Listeners;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Validator;

/** The listeners of the application. */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    @Bean
    Listeners nsqiteListeners(
            ConfigurableListableBeanFactory beanFactory,
            PayloadDecoder decoder,
            ObjectProvider<Validator> validator,
            NsqiteProperties properties,
            Consumers consumers) {
        ListenerHandlers handlers = new ListenerHandlers(decoder, validator.getIfUnique(), beanFactory);
        return new Listeners(beanFactory, handlers, properties.toConfiguredListeners(), consumers);
    }

    @Bean
    ListenerLifecycle nsqiteListenerLifecycle(
            Listeners listeners, Consumers consumers, QueueAdmin admin, NsqiteProperties properties) {
        return new ListenerLifecycle(
                listeners, consumers, admin, properties.listener().shutdownTimeout());
    }
}
