package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What docs/customizing.md shows does what it says. */
@Timeout(60)
class CustomizingTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final LinkedBlockingQueue<String> mails = new LinkedBlockingQueue<>();

    private ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"));
    }

    @Test
    void beansTakePart() {
        runner().withBean(MailService.class, () -> (to, text) -> mails.add(text))
                .withUserConfiguration(QueueCustomizing.class)
                .withBean(RefusingPartner.class)
                .withBean(QueueCustomizing.Invoices.class)
                .withBean(Strict.class)
                .run(context -> {
                    context.getBean(Producer.class)
                            .publish(NewMessage.to("orders", new OrderPlaced("42", "a@example.com"))
                                    .withHeader("tenant", "north"));
                    assertThat(mails.poll(10, TimeUnit.SECONDS)).startsWith("Message 1 was given up: ");
                    QueueAdmin admin = context.getBean(QueueAdmin.class);
                    admin.awaitDrained(new ChannelName("orders", "invoice"), LIMIT);
                    assertThat(context.getBean(RefusingPartner.class).tenants).containsExactly("north");
                    assertThat(mails).isEmpty(); // the invoice is done, whatever happened
                });
    }

    @Test
    void anotherFormatTakesThePlaceOfJson() {
        runner().withUserConfiguration(XmlPayloads.class)
                .withBean(XmlPayloads.XmlMapping.class, OrderXml::new)
                .withBean(MailService.class, () -> (to, text) -> mails.add(to))
                .withBean(OrderMails.class)
                .run(context -> {
                    context.getBean(Producer.class).publish("orders", new OrderPlaced("42", "a@example.com"));
                    assertThat(mails.poll(10, TimeUnit.SECONDS)).isEqualTo("a@example.com");
                });
    }

    static class Strict {

        @NsqiteListener(topic = "orders", channel = "strict", maxAttempts = 1)
        void check(OrderPlaced event) {
            throw new Partner.UnknownCustomerException();
        }
    }

    static class RefusingPartner implements Partner {

        final List<String> tenants = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<Void> send(OrderPlaced event) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void invoice(OrderPlaced event) {
            tenants.add(MDC.get("tenant"));
            throw new UnknownCustomerException();
        }
    }

    static class OrderXml implements XmlPayloads.XmlMapping {

        @Override
        public byte[] write(Object value) {
            OrderPlaced order = (OrderPlaced) value;
            return "<order id='%s' email='%s'/>"
                    .formatted(order.id(), order.email())
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Object read(byte[] xml, Class<?> type) {
            String[] parts = new String(xml, StandardCharsets.UTF_8).split("'");
            return type.cast(new OrderPlaced(parts[1], parts[3]));
        }
    }
}
