package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nsqite.consumer.Consumers;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.doubles.QueueApplication;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A running application with a queue and metrics, and short cuts to what they say. */
record MeasuredQueue(ApplicationContext context) {

    static ApplicationContextRunner runner(Path folder) {
        return QueueApplication.runner(folder)
                .withConfiguration(AutoConfigurations.of(
                        MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class));
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

    /** A counter of the channel; zero before its first event. */
    double count(String event) {
        Counter counter = registry()
                .find("nsqite.messages." + event)
                .tags("topic", "orders", "channel", "mail")
                .counter();
        return counter == null ? 0 : counter.count();
    }

    /** A gauge of the channel. */
    double gauge(String name) {
        return registry()
                .get("nsqite.channel." + name)
                .tags("topic", "orders", "channel", "mail")
                .gauge()
                .value();
    }
}
