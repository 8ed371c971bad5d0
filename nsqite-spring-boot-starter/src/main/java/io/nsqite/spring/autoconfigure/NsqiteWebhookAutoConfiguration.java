package io.nsqite.spring.autoconfigure;

import io.nsqite.Nsqite;
import io.nsqite.spring.webhook.DefaultWebhooks;
import io.nsqite.spring.webhook.InvalidWebhookException;
import io.nsqite.spring.webhook.WebhookRuntimeHints;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;

/** Auto-configuration of webhooks, where the application has Spring's HTTP client. */
@AutoConfiguration(after = NsqiteAutoConfiguration.class)
@ConditionalOnBean(Nsqite.class)
@EnableConfigurationProperties(NsqiteWebhookProperties.class)
public final class NsqiteWebhookAutoConfiguration {

    /** By itself, as it can't be loaded where there is no client. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = {OnNoWebhookClient.CLIENT, OnNoWebhookClient.JSON})
    @ImportRuntimeHints(WebhookRuntimeHints.class)
    static class WithClient {

        @Bean
        @ConditionalOnMissingBean
        DefaultWebhooks nsqiteWebhooks(Nsqite nsqite, NsqiteWebhookProperties properties, NsqiteProperties queue) {
            return new DefaultWebhooks(
                    nsqite,
                    properties.toWebhooks(queue.listener()),
                    queue.listener().shutdownTimeout());
        }
    }

    /** Whoever configures webhooks believes that they post. */
    @Configuration(proxyBeanMethods = false)
    @Conditional(OnNoWebhookClient.class)
    static class WithoutClient {

        @Bean
        SmartInitializingSingleton nsqiteMissingWebhooks(NsqiteWebhookProperties properties) {
            return () -> properties.webhooks().keySet().forEach(name -> {
                throw new InvalidWebhookException(
                        name,
                        "can't post, as %s or %s is not there"
                                .formatted(OnNoWebhookClient.CLIENT, OnNoWebhookClient.JSON),
                        "Add spring-boot-starter-webmvc and spring-boot-starter-jackson, or remove the webhook.");
            });
        }
    }
}
