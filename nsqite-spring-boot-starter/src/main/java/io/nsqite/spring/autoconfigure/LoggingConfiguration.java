package io.nsqite.spring.autoconfigure;

import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.logging.DeliveryMdc;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** What log lines tell of the message that is being handled. */
@Configuration(proxyBeanMethods = false)
class LoggingConfiguration {

    /** The first around handlers, so that what others log tells of it too. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @ConditionalOnBooleanProperty(name = "nsqite.listener.mdc", matchIfMissing = true)
    NsqiteBuilderCustomizer nsqiteDeliveryMdc() {
        return builder -> builder.interceptor(new DeliveryMdc());
    }
}
