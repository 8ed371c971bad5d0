package io.nsqite.spring.metrics;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.nsqite.consumer.Consumers;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteMetricsAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running application with a queue and metrics, and short cuts to what they say. */
record MeasuredQueue(ApplicationContext context) {

    static ApplicationContextRunner runner(Path folder) {
        return runnerWithoutRegistry(folder)
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));
    }

    /** Boot brings a registry of its own where the application has none. */
    static ApplicationContextRunner runnerWithoutRegistry(Path folder) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        NsqiteAutoConfiguration.class,
                        NsqiteMetricsAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"),
                        "nsqite.listener.backoff.delay=1ms",
                        "nsqite.listener.max-attempts=2");
    }

    static NsqiteListenerConfigurer listener(PayloadHandler<String> handler) {
        return registry -> registry.register(ListenerRegistration.of("mail", "orders", "mail", String.class, handler));
    }

    MeterRegistry registry() {
        return context.getBean(MeterRegistry.class);
    }

    Producer producer() {
        return context.getBean(Producer.class);
    }

    Consumers consumers() {
        return context.getBean(Consumers.class);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
    }

    long publish(String text) {
        return producer().publish(NewMessage.to("orders", text));
    }

    double published(String topic) {
        return registry()
                .get("nsqite.messages.published")
                .tag("topic", topic)
                .counter()
                .count();
    }

    /** A counter of the channel. */
    double count(String event) {
        return registry()
                .get("nsqite.messages." + event)
                .tags("topic", "orders", "channel", "mail")
                .counter()
                .count();
    }

    /** A gauge of the channel. */
    double gauge(String name) {
        return registry()
                .get("nsqite.channel." + name)
                .tags("topic", "orders", "channel", "mail")
                .gauge()
                .value();
    }

    static void awaitThat(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }
}
