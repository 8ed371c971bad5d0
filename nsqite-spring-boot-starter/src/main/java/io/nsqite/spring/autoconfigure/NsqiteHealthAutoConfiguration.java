package io.nsqite.spring.autoconfigure;

import io.nsqite.Nsqite;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.actuate.NsqiteHealthIndicator;
import io.nsqite.spring.webhook.Webhooks;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the health {@code nsqite}. */
@AutoConfiguration(
        after = NsqiteAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass(
        name = {
            "org.springframework.boot.health.contributor.Health",
            "org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator"
        })
@ConditionalOnBean(Nsqite.class)
public final class NsqiteHealthAutoConfiguration {

    /** By itself, as its condition can't be asked where there is no health. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnEnabledHealthIndicator("nsqite")
    @EnableConfigurationProperties(NsqiteHealthProperties.class)
    static class EnabledHealth {

        @Bean
        @ConditionalOnMissingBean(name = {"nsqiteHealthIndicator", "nsqiteHealthContributor"})
        NsqiteHealthIndicator nsqiteHealthIndicator(
                Nsqite nsqite,
                NsqiteListenerRegistry listeners,
                ObjectProvider<Webhooks> webhooks,
                NsqiteHealthProperties properties) {
            return new NsqiteHealthIndicator(
                    nsqite, listeners, () -> stopped(webhooks), properties.limits(), properties.channels());
        }

        private static Map<String, String> stopped(ObjectProvider<Webhooks> webhooks) {
            Map<String, String> stopped = new TreeMap<>();
            webhooks.ifAvailable(present -> present.all().forEach(webhook -> {
                String problem = webhook.problem();
                if (problem != null) {
                    stopped.put(webhook.name(), problem);
                }
            }));
            return stopped;
        }
    }
}
