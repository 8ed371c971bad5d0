package io.nsqite.spring.webhook;

import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteHealthAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteWebhookAutoConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** An application that has webhooks and nothing else, and retries soon. */
final class WebhookApplication {

    private WebhookApplication() {}

    static ApplicationContextRunner runner(Path folder, String... properties) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteAutoConfiguration.class,
                        NsqiteWebhookAutoConfiguration.class,
                        NsqiteHealthAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"),
                        "nsqite.listener.backoff.delay=10ms",
                        "nsqite.listener.backoff.max-delay=50ms")
                .withPropertyValues(properties);
    }

    /** A webhook for the topic orders. */
    static String[] webhook(String name, String url, String... settings) {
        String prefix = "nsqite.webhooks." + name + ".";
        List<String> all = new ArrayList<>(List.of(prefix + "topic=orders", prefix + "url=" + url));
        for (String setting : settings) {
            all.add(prefix + setting);
        }
        return all.toArray(String[]::new);
    }

    static void publish(ApplicationContext context, int from, int to) {
        context.getBean(Producer.class)
                .publish(IntStream.rangeClosed(from, to)
                        .mapToObj(number -> NewMessage.to("orders", Map.of("number", number)))
                        .toList());
    }
}
