package io.nsqite.spring.doubles;

import static org.awaitility.Awaitility.await;

import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteMetricsAutoConfiguration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** A small application with a real queue. */
public final class QueueApplication {

    private QueueApplication() {}

    /** Runs it on a database in a folder. A message is tried twice, the second time at once. */
    public static ApplicationContextRunner runner(Path folder) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteAutoConfiguration.class,
                        NsqiteMetricsAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"),
                        "nsqite.listener.backoff.delay=1ms",
                        "nsqite.listener.max-attempts=2");
    }

    /** Has the channel "mail" of the topic "orders" handled. */
    public static NsqiteListenerConfigurer mail(PayloadHandler<String> handler) {
        return registry -> registry.register(ListenerRegistration.of("mail", "orders", "mail", String.class, handler));
    }

    /** Waits, with a limit. */
    public static void awaitThat(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }
}
