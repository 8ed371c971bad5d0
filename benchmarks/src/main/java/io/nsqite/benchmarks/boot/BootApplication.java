package io.nsqite.benchmarks.boot;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.queue.CoreQueue;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListenerRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** An application of Spring Boot as users have them, without a web server. */
public final class BootApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private BootApplication(ConfigurableApplicationContext context) {
        this.context = context;
        jdbc().execute(BareTable.BUSINESS.create());
        jdbc().execute(BareTable.LOG.create());
    }

    /** One that has the queue, but no listener. */
    public static Settings on(Path database, Level level) {
        return new Settings(database, level);
    }

    /** Begins and ends transactions. */
    public TransactionTemplate transactions() {
        return context.getBean(TransactionTemplate.class);
    }

    /** Reads and writes. */
    public JdbcTemplate jdbc() {
        return context.getBean(JdbcTemplate.class);
    }

    /** Publishes. */
    public Producer producer() {
        return context.getBean(Producer.class);
    }

    /** Starts the listener of one that was set up to wait for that. */
    public void startListener() {
        context.getBean(NsqiteListenerRegistry.class).start(Names.CHANNEL.toString());
    }

    /** Waits until the listener has acknowledged all that was published. */
    public void awaitDrained() {
        context.getBean(QueueAdmin.class).awaitDrained(Names.CHANNEL, CoreQueue.LIMIT);
    }

    /** How many rows a table has. */
    public long count(BareTable table) {
        Long count = jdbc().queryForObject(table.count(), Long.class);
        return count == null ? 0 : count;
    }

    @Override
    public void close() {
        context.close();
    }

    /** What to start. Not safe for use by several threads. */
    public static final class Settings {

        private final List<String> properties = new ArrayList<>();
        private final List<Class<?>> listeners = new ArrayList<>();
        private PayloadSink sink = payload -> {};

        private Settings(Path database, Level level) {
            property(
                    "spring.datasource.url",
                    "jdbc:sqlite:%s?journal_mode=WAL&synchronous=%s".formatted(database, level));
            property("spring.main.log-startup-info", "false");
            property("logging.level.root", "warn");
        }

        /** With a property. */
        public Settings property(String name, Object value) {
            properties.add("--%s=%s".formatted(name, value));
            return this;
        }

        /** Without anything of the queue. */
        public Settings withoutQueue() {
            return property("nsqite.enabled", false).property("nsqite.bus.enabled", false);
        }

        /** With a listener for byte arrays. */
        public Settings listening(PayloadSink newSink) {
            return listening(BytesListener.class, newSink);
        }

        /** With a transactional listener that stores a row for each message. */
        public Settings storing(PayloadSink newSink) {
            return listening(StoringListener.class, newSink);
        }

        private Settings listening(Class<?> listener, PayloadSink newSink) {
            listeners.add(listener);
            sink = newSink;
            return this;
        }

        /** With as many handlers side by side. */
        public Settings concurrency(int handlers) {
            return property("nsqite.listener.concurrency", handlers);
        }

        /** With a listener that waits for {@link #startListener}. */
        public Settings startingLater() {
            return property("nsqite.listener.auto-startup", false);
        }

        /** Starts it. */
        public BootApplication start() {
            return new BootApplication(new SpringApplicationBuilder(Base.class)
                    .sources(listeners.toArray(Class<?>[]::new))
                    .initializers(context ->
                            ((GenericApplicationContext) context).registerBean(PayloadSink.class, () -> sink))
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .run(properties.toArray(String[]::new)));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Base {}
}
