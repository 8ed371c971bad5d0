package io.nsqite.spring.autoconfigure;

import io.nsqite.Nsqite;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.actuate.DeliveryRates;
import io.nsqite.spring.actuate.NsqiteEndpoint;
import io.nsqite.spring.actuate.PayloadRules;
import io.nsqite.spring.actuate.UnknownParameters;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the Actuator endpoint {@code nsqite}, where it is exposed. */
@AutoConfiguration(after = NsqiteAutoConfiguration.class)
@ConditionalOnClass(
        name = {
            "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
            "org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint"
        })
@ConditionalOnBean(Nsqite.class)
public final class NsqiteEndpointAutoConfiguration {

    /** By itself, as its condition can't be asked where there is no Actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnAvailableEndpoint(NsqiteEndpoint.class)
    @EnableConfigurationProperties(NsqiteEndpointProperties.class)
    static class ExposedEndpoint {

        @Bean
        @ConditionalOnMissingBean
        DeliveryRates nsqiteDeliveryRates() {
            return new DeliveryRates();
        }

        @Bean
        OperationInvokerAdvisor nsqiteUnknownParameters() {
            return new UnknownParameters();
        }

        @Bean
        @ConditionalOnMissingBean
        NsqiteEndpoint nsqiteEndpoint(
                Nsqite nsqite,
                ObjectProvider<EventBus> bus,
                NsqiteListenerRegistry listeners,
                DeliveryRates rates,
                NsqiteEndpointProperties properties) {
            return new NsqiteEndpoint(
                    nsqite,
                    bus.getIfUnique(),
                    listeners,
                    rates,
                    new PayloadRules(properties.showPayloads(), properties.roles()));
        }
    }
}
