package io.nsqite.docs;

import io.nsqite.consumer.ChannelListener;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.consumer.FailureHandler;
import io.nsqite.consumer.FailureHandler.Verdict;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import io.nsqite.spring.NsqiteListener;
import java.time.InstantSource;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

@Configuration(proxyBeanMethods = false)
class QueueCustomizing {

    @Bean(defaultCandidate = false)
    FailureHandler unknownCustomers() {
        return (delivery, failure) -> failure instanceof Partner.UnknownCustomerException
                ? Verdict.done() // nothing can be done, and nobody has to know
                : Verdict.asConfigured();
    }

    @Bean
    @Order(1)
    DeliveryInterceptor tenants() {
        return (deliveries, handling) -> {
            MDC.put("tenant", deliveries.get(0).message().headers().get("tenant"));
            try {
                handling.proceed();
            } finally {
                MDC.remove("tenant");
            }
        };
    }

    @Bean
    ChannelListener alarms(MailService mails) {
        return new ChannelListener() {
            @Override
            public void dead(DeadMessage message) {
                mails.send(
                        "operator@example.com", "Message " + message.messageId() + " was given up: " + message.error());
            }
        };
    }

    @Bean
    NsqiteBuilderCustomizer clock(InstantSource clock) {
        return builder -> builder.clock(clock);
    }

    @Bean
    InstantSource systemClock() {
        return InstantSource.system();
    }

    static class Invoices {

        private final Partner partner;

        Invoices(Partner partner) {
            this.partner = partner;
        }

        @NsqiteListener(topic = "orders", channel = "invoice", errorHandler = "unknownCustomers")
        void invoice(OrderPlaced event) {
            partner.invoice(event);
        }
    }
}
