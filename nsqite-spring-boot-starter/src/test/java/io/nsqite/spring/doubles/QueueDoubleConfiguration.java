package io.nsqite.spring.doubles;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the double in place of the queue. */
@Configuration(proxyBeanMethods = false)
public class QueueDoubleConfiguration {

    @Bean
    QueueDouble queue() {
        return new QueueDouble();
    }

    /** Runs an application with the starter, but with the double in place of the queue. */
    public static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(NsqiteAutoConfiguration.class, JacksonAutoConfiguration.class))
                .withUserConfiguration(QueueDoubleConfiguration.class);
    }
}
