package io.nsqite.spring.aot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.message.Delivery;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.actuate.NsqiteEndpoint;
import io.nsqite.spring.actuate.NsqiteHealthIndicator;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteEndpointAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteHealthAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteMetricsAutoConfiguration;
import io.nsqite.sqlite.SqliteDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.aot.AotDetector;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Publishes an order, has it handled by listeners of every kind, and prints what it found. Run as a program of its own. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NsqiteAutoConfiguration.class,
    NsqiteMetricsAutoConfiguration.class,
    NsqiteEndpointAutoConfiguration.class,
    NsqiteHealthAutoConfiguration.class
})
@Import({ProcessedShop.Listeners.class, ProcessedShop.Audit.class})
public class ProcessedShop {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    public static void main(String[] arguments) throws SQLException {
        SpringApplication application = new SpringApplication(ProcessedShop.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            Producer producer = context.getBean(Producer.class);
            context.getBean(TransactionTemplate.class)
                    .executeWithoutResult(
                            status -> producer.publishTx("orders", new Order(42, List.of(new Line("tea")))));
            context.getBean(QueueAdmin.class).awaitDrained("orders", LIMIT);
            report(context);
        }
    }

    private static void report(ConfigurableApplicationContext context) throws SQLException {
        Listeners listeners = context.getBean(Listeners.class);
        print("ahead of time: " + AotDetector.useGeneratedArtifacts());
        print("configuration classes are read: "
                + context.containsBean(AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME));
        print("listeners: "
                + context.getBean(NsqiteListenerRegistry.class).listeners().size());
        print("payloads: " + listeners.payloads + context.getBean(Audit.class).payloads);
        print("written: " + context.getBean(JdbcTemplate.class).queryForList("SELECT name FROM line", String.class));
        print("intercepted: " + context.getBean(AtomicInteger.class));
        print("published: " + count(context, "nsqite.messages.published"));
        print("observed: " + context.getBean(Observed.class).names);
        print("health: " + context.getBean(NsqiteHealthIndicator.class).health().getStatus());
        print("endpoint: " + context.getBean(NsqiteEndpoint.class).queue().getStatus());
        print("repaired: "
                + context.getBean(DataSource.class).unwrap(DataSource.class).isWrapperFor(SqliteDataSource.class));
    }

    private static double count(ConfigurableApplicationContext context, String counter) {
        return context.getBean(MeterRegistry.class).get(counter).counter().count();
    }

    private static void print(String line) {
        System.out.println("> " + line);
    }

    @Bean
    AtomicInteger intercepted() {
        return new AtomicInteger();
    }

    @Bean
    DeliveryInterceptor counting(AtomicInteger intercepted) {
        return (deliveries, handling) -> {
            intercepted.incrementAndGet();
            handling.proceed();
        };
    }

    @Bean
    SimpleMeterRegistry meters() {
        return new SimpleMeterRegistry();
    }

    @Bean
    Observed observed() {
        return new Observed();
    }

    @Bean
    ObservationRegistry observations(Observed observed) {
        ObservationRegistry registry = ObservationRegistry.create();
        registry.observationConfig().observationHandler(observed);
        return registry;
    }

    static class Observed implements ObservationHandler<Observation.Context> {

        final Set<String> names = new ConcurrentSkipListSet<>();

        @Override
        public void onStop(Observation.Context context) {
            names.add(context.getName());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    record Order(int number, List<Line> lines) {}

    record Line(String name) {}

    static class Listeners {

        final AtomicInteger payloads = new AtomicInteger();
        private final JdbcTemplate jdbc;

        Listeners(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("CREATE TABLE line (name TEXT)");
        }

        @NsqiteListener(topic = "${app.topic}", channel = "#{'MAIL'.toLowerCase()}")
        void mail(Order order) {
            payloads.addAndGet(order.number());
        }

        @NsqiteListener(topic = "orders", channel = "lines", transactional = true, batchSize = 10)
        void write(List<Order> orders) {
            orders.forEach(
                    order -> order.lines().forEach(line -> jdbc.update("INSERT INTO line VALUES (?)", line.name())));
        }
    }

    @NsqiteListener(topic = "orders", channel = "audit")
    static class Audit implements PayloadHandler<Order> {

        final AtomicInteger payloads = new AtomicInteger();

        @Override
        public void handle(Order order, Delivery delivery) {
            payloads.addAndGet(order.number());
        }
    }
}
