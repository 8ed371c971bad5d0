package io.nsqite.spring.autoconfigure;

import io.nsqite.Nsqite;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.actuate.NsqiteHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Auto-configuration of the health {@code nsqite}. */
@AutoConfiguration(
        after = NsqiteAutoConfiguration.class,
        beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnClass({Health.class, ConditionalOnEnabledHealthIndicator.class})
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
                Nsqite nsqite, NsqiteListenerRegistry listeners, NsqiteHealthProperties properties) {
            return new NsqiteHealthIndicator(nsqite, listeners, properties.limits(), properties.channels());
        }
    }
}
