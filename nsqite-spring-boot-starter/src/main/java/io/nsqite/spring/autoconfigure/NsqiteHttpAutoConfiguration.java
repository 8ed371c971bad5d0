package io.nsqite.spring.autoconfigure;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.http.BrowserCheck;
import io.nsqite.spring.http.HttpChannels;
import io.nsqite.spring.http.HttpInterface;
import io.nsqite.spring.http.HttpRuntimeHints;
import io.nsqite.spring.http.HttpSettings;
import io.nsqite.spring.http.LongPolls;
import io.nsqite.spring.http.ServerExposure;
import io.nsqite.spring.http.UnreadableRequests;
import io.nsqite.spring.webhook.Webhooks;
import java.util.List;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

/** Auto-configuration of the queue over HTTP, where it is switched on and the application has Spring MVC. */
@AutoConfiguration(after = NsqiteAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(
        name = {
            "org.springframework.web.servlet.function.RouterFunction",
            "jakarta.servlet.http.HttpServletRequest",
            "tools.jackson.databind.json.JsonMapper"
        })
@ConditionalOnBooleanProperty(name = "nsqite.http.enabled")
@ConditionalOnBean(Nsqite.class)
public final class NsqiteHttpAutoConfiguration {

    /** By itself, as it can't be loaded where there is no Spring MVC. */
    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(NsqiteHttpProperties.class)
    @ImportRuntimeHints(HttpRuntimeHints.class)
    static class EnabledHttp {

        @Bean
        HttpChannels nsqiteHttpChannels(
                Nsqite nsqite,
                NsqiteListenerRegistry listeners,
                ObjectProvider<Webhooks> webhooks,
                NsqiteHttpProperties properties) {
            return new HttpChannels(
                    nsqite,
                    listeners,
                    () -> channels(webhooks),
                    properties.subscriber().toOptions(),
                    properties.idleTimeout());
        }

        private static List<ChannelName> channels(ObjectProvider<Webhooks> webhooks) {
            return webhooks.stream()
                    .flatMap(all -> all.all().stream())
                    .map(webhook -> new ChannelName(webhook.topic(), webhook.channel()))
                    .toList();
        }

        @Bean
        LongPolls nsqiteLongPolls() {
            return new LongPolls();
        }

        @Bean
        HttpInterface nsqiteHttpInterface(
                Nsqite nsqite, Producer producer, HttpChannels channels, LongPolls polls, HttpSettings settings) {
            return new HttpInterface(nsqite, producer, channels, polls, settings);
        }

        /** With Spring Security the application's rules decide what browsers may do. */
        @Bean
        HttpSettings nsqiteHttpSettings(BeanFactory beanFactory, NsqiteHttpProperties properties) {
            return properties.toSettings(
                    ServerExposure.hasRules(beanFactory)
                            ? BrowserCheck.none()
                            : BrowserCheck.ofOrigin(properties.allowedHosts()));
        }

        @Bean
        UnreadableRequests nsqiteUnreadableRequests(HttpSettings settings) {
            return new UnreadableRequests(settings.basePath());
        }

        @Bean
        RouterFunction<ServerResponse> nsqiteHttpRoutes(HttpInterface http) {
            return http.toRouterFunction();
        }

        @Bean
        ServerExposure nsqiteServerExposure(
                BeanFactory beanFactory, Environment environment, NsqiteHttpProperties properties) {
            return new ServerExposure(beanFactory, environment, properties.basePath());
        }
    }
}
