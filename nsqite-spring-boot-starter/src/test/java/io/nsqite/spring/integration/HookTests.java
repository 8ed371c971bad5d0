package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.consumer.FailureHandler;
import io.nsqite.consumer.FailureHandler.Verdict;
import io.nsqite.message.Delivery;
import io.nsqite.producer.PayloadEncoder;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;

/** Beans of an application that take part in the queue's work, on a real database. */
@Timeout(60)
class HookTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private TestApplication application() {
        return TestApplication.on(folder.resolve("app.db")).with(Mail.class);
    }

    private static void publishAndHandle(ConfigurableApplicationContext context, Object payload) {
        context.getBean(Producer.class).publish("orders", payload);
        context.getBean(QueueAdmin.class).awaitDrained(new ChannelName("orders", "mail"), LIMIT);
    }

    @Test
    void interceptorsAreAroundInTheirOrder() {
        try (var context = application().with(Interceptors.class).start()) {
            publishAndHandle(context, "hello");
            assertThat(context.getBean(Mail.class).seen)
                    .containsExactly("outer", "inner", "hello 1", "/inner", "/outer");
        }
    }

    @Test
    void listenersOfChannelsAreToldAndMayUseTheQueueAndItsTables() {
        try (var context = application().with(Alarms.class).start()) {
            publishAndHandle(context, "dead");
            Alarms.Log log = context.getBean(Alarms.Log.class);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(log.seen).containsExactly("gave up 1 of 1"));
        }
    }

    @Test
    void aHookThatCantBeCreatedEndsTheStart() {
        TestApplication application = application().with(Broken.class);
        assertThatThrownBy(application::start).hasStackTraceContaining("on purpose");
    }

    @Test
    void theErrorHandlerDecides() {
        try (var context = application().with(Forgiving.class).start()) {
            publishAndHandle(context, "dead");
            assertThat(context.getBean(Mail.class).seen).containsExactly("dead 1", "dead 2");
            assertThat(context.getBean(QueueAdmin.class).channels())
                    .allSatisfy(channel -> assertThat(channel.dead()).isZero());
        }
    }

    @Test
    void codecsOfTheApplicationTakeThePlaceOfJson() {
        try (var context = application().with(Codec.class).with(Points.class).start()) {
            long id = context.getBean(Producer.class).publish("points", new Point(3, 4));
            await().atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(context.getBean(Points.class).seen).containsExactly(new Point(3, 4)));
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForMap(
                                    "SELECT CAST(payload AS TEXT) p, headers h FROM nsqite_message WHERE id = ?", id))
                    .containsEntry("p", "3;4")
                    .satisfies(row -> assertThat((String) row.get("h")).contains("text/x-point"));
        }
    }

    @Test
    void anEncoderMayUseTheQueueAndItsTables() {
        try (var context = application().with(Stamped.class).start()) {
            publishAndHandle(context, "hello");
            publishAndHandle(context, "hello");
            assertThat(context.getBean(Mail.class).seen).containsExactly("hello after 0 1", "hello after 1 1");
        }
    }

    @Test
    void anEncoderThatCantBeCreatedEndsTheStart() {
        TestApplication application = application().with(BrokenEncoder.class);
        assertThatThrownBy(application::start).hasStackTraceContaining("on purpose");
    }

    static class Mail {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail", maxAttempts = 5)
        void on(String payload, Delivery delivery) {
            seen.add(payload + " " + delivery.attempt());
            if (payload.equals("dead")) {
                throw new IllegalArgumentException("on purpose");
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Interceptors {

        @Bean
        @Order(2)
        DeliveryInterceptor inner(Mail mail) {
            return noting("inner", mail);
        }

        /** Ordered by its interface, which only the bean itself can tell. */
        @Bean
        DeliveryInterceptor outer(Mail mail) {
            return new OrderedInterceptor(noting("outer", mail));
        }

        private static DeliveryInterceptor noting(String name, Mail mail) {
            return (deliveries, handling) -> {
                mail.seen.add(name);
                handling.proceed();
                mail.seen.add("/" + name);
            };
        }
    }

    record OrderedInterceptor(DeliveryInterceptor target) implements DeliveryInterceptor, Ordered {

        @Override
        public void around(List<Delivery> deliveries, Handling handling) throws Exception {
            target.around(deliveries, handling);
        }

        @Override
        public int getOrder() {
            return 1;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Alarms {

        @Bean
        @Order(1)
        ChannelListener failing() {
            return new ChannelListener() {
                @Override
                public void dead(DeadMessage message) {
                    throw new IllegalStateException("on purpose");
                }
            };
        }

        /** A JdbcTemplate waits for the tables, and so for the queue. */
        @Bean
        @Order(2)
        ChannelListener alarm(Producer producer, JdbcTemplate jdbc) {
            return new ChannelListener() {
                @Override
                public void dead(DeadMessage message) {
                    Long all = jdbc.queryForObject("SELECT COUNT(*) FROM nsqite_message", Long.class);
                    producer.publish("alarms", "gave up %d of %d".formatted(message.messageId(), all));
                }
            };
        }

        @Bean
        FailureHandler giveUp() {
            return (delivery, failure) -> Verdict.dead();
        }

        @Bean
        Log log() {
            return new Log();
        }

        static class Log {

            final List<String> seen = new CopyOnWriteArrayList<>();

            @NsqiteListener(topic = "alarms", channel = "log")
            void on(String alarm) {
                seen.add(alarm);
            }
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        ChannelListener broken() {
            throw new IllegalStateException("on purpose");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Forgiving {

        @Bean
        FailureHandler onceMore() {
            return (delivery, failure) ->
                    delivery.attempt() == 1 ? Verdict.retryAfter(Duration.ofMillis(1)) : Verdict.done();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Stamped {

        @Bean
        PayloadEncoder stampingEncoder(JdbcTemplate jdbc, QueueAdmin admin) {
            assertThat(admin.topics()).isNotNull();
            return payload -> {
                Long before = jdbc.queryForObject("SELECT COUNT(*) FROM nsqite_message", Long.class);
                return PayloadEncoder.plain().encode("%s after %d".formatted(payload, before));
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenEncoder {

        @Lazy
        @Bean
        PayloadEncoder brokenEncoder() {
            throw new IllegalStateException("on purpose");
        }
    }

    record Point(int x, int y) {}

    static class Points {

        final List<Point> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "points", channel = "all")
        void on(Point point) {
            seen.add(point);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Codec {

        @Bean
        PayloadEncoder pointEncoder() {
            return payload -> {
                Point point = (Point) payload;
                String text = point.x() + ";" + point.y();
                return new PayloadEncoder.Encoded(text.getBytes(StandardCharsets.UTF_8), "text/x-point");
            };
        }

        @Bean
        PayloadDecoder pointDecoder() {
            return type -> payload -> {
                String text = new String(payload, StandardCharsets.UTF_8);
                if (type.resolve() == String.class) {
                    return text;
                }
                String[] parts = text.split(";");
                return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            };
        }
    }
}
