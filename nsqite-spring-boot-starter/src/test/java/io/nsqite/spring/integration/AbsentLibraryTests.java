package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Delivery;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteHeaders;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DeferredImportSelector;
import org.springframework.context.annotation.Import;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/**
 * Everything optional is optional: publishing and listening work without any one of the libraries that the starter can work with. Our
 * classes are loaded once more where the library really is missing, so that a class which needs it fails.
 */
@Timeout(60)
class AbsentLibraryTests {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing.at.all",
                "org.springframework.boot.actuate org.springframework.boot.health",
                "io.micrometer org.springframework.boot.micrometer",
                "io.micrometer.core org.springframework.boot.micrometer.metrics",
                "io.micrometer.observation org.springframework.boot.micrometer.observation",
                "io.micrometer.tracing org.springframework.boot.micrometer.tracing",
                "tools.jackson com.fasterxml.jackson",
                "org.springframework.web org.springframework.http jakarta.servlet",
                "org.springframework.web.servlet",
                "org.hibernate jakarta.persistence org.springframework.orm org.springframework.data",
                "org.hibernate.validator jakarta.validation",
                "org.flywaydb",
                "liquibase",
                "com.zaxxer.hikari"
            })
    void publishingAndListeningWorkWithout(String packages) throws Exception {
        try (OwnClasses loader = new OwnClasses(packages.split(" "))) {
            Class<?> program = loader.loadClass(Program.class.getName());
            assertThat(program).isNotSameAs(Program.class);
            String url = "jdbc:sqlite:" + folder.resolve("app.db");
            Callable<?> running =
                    (Callable<?>) program.getConstructor(String.class).newInstance(url);
            assertThat(callIn(loader, running))
                    .asString()
                    .isEqualTo("[books bytes, books hello, mail bytes 1, mail hello 1]");
        }
    }

    /** Boot looks for classes by the loader of the thread. */
    private static Object callIn(ClassLoader loader, Callable<?> program) throws Exception {
        ClassLoader before = ClassUtils.overrideThreadContextClassLoader(loader);
        try {
            return program.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Our classes, once more, without the classes of some packages. */
    private static final class OwnClasses extends FilteredClassLoader {

        OwnClasses(String... absent) {
            super(absent);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.nsqite.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(ClassUtils.convertClassNameToResourcePath(name) + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Publishes and listens, and returns in order what was seen. */
    public static final class Program implements Callable<List<String>> {

        private static final Duration LIMIT = Duration.ofSeconds(20);
        private static final String ENDPOINT = "org.springframework.boot.actuate.endpoint.annotation.Endpoint";
        private static final String HEALTH = "org.springframework.boot.health.contributor.Health";
        private static final String METERS = "io.micrometer.core.instrument.MeterRegistry";
        private static final String OBSERVATIONS = "io.micrometer.observation.ObservationRegistry";

        private final List<String> seen = new ArrayList<>();
        private final String url;

        public Program(String url) {
            this.url = url;
        }

        @Override
        public List<String> call() {
            ClassLoader loader = getClass().getClassLoader();
            ApplicationContextRunner runner = new ApplicationContextRunner()
                    .withClassLoader(loader)
                    .withUserConfiguration(AutoConfigured.class)
                    .withPropertyValues("spring.datasource.url=" + url, "management.endpoints.web.exposure.include=*")
                    .withBean(Mail.class);
            if (isPresent(METERS)) {
                runner = Meters.in(runner);
            }
            if (isPresent(OBSERVATIONS)) {
                runner = Observations.in(runner);
            }
            if (!isPresent("com.zaxxer.hikari.HikariDataSource")) {
                runner = runner.withBean(DataSource.class, () -> SqliteDataSource.forUrl(url));
            }
            runner.run(this::publishAndListen);
            return seen.stream().sorted().toList();
        }

        private boolean isPresent(String name) {
            return ClassUtils.isPresent(name, getClass().getClassLoader());
        }

        private void publishAndListen(AssertableApplicationContext context) {
            assertThat(context).hasNotFailed();
            assertThat(context.containsBean("nsqiteEndpoint")).isEqualTo(isPresent(ENDPOINT));
            assertThat(context.containsBean("nsqiteHealthIndicator")).isEqualTo(isPresent(HEALTH));
            assertThat(context.containsBean("nsqiteMetrics")).isEqualTo(isPresent(METERS));
            assertThat(context.containsBean("nsqiteObservedHandling")).isEqualTo(isPresent(OBSERVATIONS));
            Producer producer = context.getBean(Producer.class);
            context.getBean(TransactionTemplate.class)
                    .executeWithoutResult(status -> producer.publishTx("orders", "hello"));
            producer.publish("orders", "bytes".getBytes(StandardCharsets.UTF_8));
            QueueAdmin admin = context.getBean(QueueAdmin.class);
            admin.awaitDrained(new ChannelName("orders", "mail"), LIMIT);
            admin.awaitDrained(new ChannelName("orders", "books"), LIMIT);
            seen.addAll(context.getBean(Mail.class).seen);
        }
    }

    static class Mail {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void mail(String payload, Delivery delivery) {
            seen.add("mail " + payload + " " + delivery.attempt());
        }

        @NsqiteListener(topic = "orders", channel = "books", transactional = true)
        void book(byte[] payload, @Header(NsqiteHeaders.ID) long id) {
            seen.add("books " + new String(payload, StandardCharsets.UTF_8));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(AllOfOurs.class)
    static class AutoConfigured {}

    /** What Boot brings in every case, and all of ours: by name, as their conditions are read from files that nothing is loaded for. */
    static final class AllOfOurs implements DeferredImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            Stream<String> boot = Stream.of(
                            DataSourceAutoConfiguration.class,
                            DataSourceTransactionManagerAutoConfiguration.class,
                            TransactionAutoConfiguration.class,
                            JdbcTemplateAutoConfiguration.class,
                            JacksonAutoConfiguration.class,
                            ValidationAutoConfiguration.class)
                    .map(Class::getName);
            List<String> ours =
                    ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates().stream()
                            .filter(name -> name.startsWith("io.nsqite."))
                            .toList();
            return Stream.concat(boot, ours.stream()).toArray(String[]::new);
        }
    }

    /** Loaded where Micrometer's core is there. */
    private static final class Meters {

        static ApplicationContextRunner in(ApplicationContextRunner runner) {
            return runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new);
        }
    }

    /** Loaded where Micrometer's observations are there. */
    private static final class Observations {

        static ApplicationContextRunner in(ApplicationContextRunner runner) {
            return runner.withBean(ObservationRegistry.class, ObservationRegistry::create);
        }
    }
}
