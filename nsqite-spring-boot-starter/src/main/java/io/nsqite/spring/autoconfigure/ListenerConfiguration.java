package io.nsqite.spring.autoconfigure;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumers;
import io.nsqite.consumer.FailureHandler;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.datasource.QueueDataSource;
import io.nsqite.spring.handler.ListenerHandlers;
import io.nsqite.spring.listener.FailureHandlers;
import io.nsqite.spring.listener.ListenerLifecycle;
import io.nsqite.spring.listener.ListenerRegistry;
import io.nsqite.spring.listener.ListenerSetup;
import io.nsqite.spring.listener.Listeners;
import io.nsqite.spring.remote.RemoteConsumers;
import io.nsqite.spring.transaction.ListenerTransactions;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Validator;

/** The listeners of the application. */
@Configuration(proxyBeanMethods = false)
class ListenerConfiguration {

    @Bean
    ListenerHandlers nsqiteListenerHandlers(
            ConfigurableBeanFactory beanFactory, PayloadDecoder decoder, ObjectProvider<Validator> validator) {
        return new ListenerHandlers(decoder, validator.getIfUnique(), beanFactory);
    }

    @Bean
    ListenerSetup nsqiteListenerSetup(
            ListableBeanFactory beanFactory,
            ListenerHandlers handlers,
            QueueDataSource queueDataSource,
            ObjectProvider<FailureHandler> failureHandler,
            NsqiteProperties properties) {
        return new ListenerSetup(
                handlers,
                new ListenerTransactions(beanFactory, queueDataSource::choose),
                new FailureHandlers(beanFactory, failureHandler),
                properties.toConfiguredListeners());
    }

    @Bean
    ListenerRegistry nsqiteListenerRegistry(ListenerSetup setup, Consumers consumers, NsqiteProperties properties) {
        return new ListenerRegistry(setup, consumers, properties.listener().shutdownTimeout());
    }

    @Bean
    Listeners nsqiteListeners(
            ConfigurableListableBeanFactory beanFactory, ListenerSetup setup, ListenerRegistry registry) {
        return new Listeners(beanFactory, setup, registry);
    }

    @Bean
    ListenerLifecycle nsqiteListenerLifecycle(
            ListenerRegistry registry,
            QueueAdmin admin,
            ObjectProvider<RemoteConsumers> remote,
            NsqiteProperties properties) {
        return new ListenerLifecycle(
                registry,
                admin,
                () -> remote.orderedStream().toList(),
                properties.listener().shutdownTimeout());
    }
}
