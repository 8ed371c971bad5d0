package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Delivery;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.ClassUtils;

/**
 * The application starts anew in the same JVM with its classes loaded again, while those of libraries, ours among them, stay: as DevTools
 * does it after each change.
 */
@Timeout(60)
class RestartTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void messagesReachTheNewClassesAndNothingHoldsTheOldOnes() throws Exception {
        List<ClassLoader> loaders = new ArrayList<>();
        for (int start = 0; start < 3; start++) {
            RestartedClasses loader = new RestartedClasses();
            loaders.add(loader);
            List<?> found = restart(loader, "orders " + start);
            assertThat(found)
                    .hasSize(3 * 2)
                    .allSatisfy(seenBy -> assertThat(seenBy).isSameAs(loader));
        }
        // a pool does not wait for the end of its threads
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .filteredOn(thread -> thread.getName().startsWith("nsqite")
                                || thread.getName().startsWith("HikariPool"))
                        .noneMatch(thread -> loaders.contains(thread.getContextClassLoader())));
        assertThat(System.getProperties().get("io.nsqite.drivers").toString())
                .doesNotContain(RestartedClasses.class.getName());
    }

    /**
     * The first one may stay: what lives as long as the JVM and is begun by it may know its loader, such as a thread of the JDK. So may
     * the last one, until another takes its place.
     */
    @Test
    void whatHasEndedIsGivenBackToTheMemory() throws Exception {
        restart(new RestartedClasses(), "first");
        List<WeakReference<ClassLoader>> ended = new ArrayList<>();
        for (int start = 0; start < 3; start++) {
            ended.add(ended("orders " + start));
        }
        restart(new RestartedClasses(), "last");
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            System.gc();
            assertThat(ended).allMatch(loader -> loader.refersTo(null));
        });
    }

    private WeakReference<ClassLoader> ended(String text) throws Exception {
        ClassLoader loader = new RestartedClasses();
        restart(loader, text);
        return new WeakReference<>(loader);
    }

    private List<?> restart(ClassLoader loader, String text) throws Exception {
        ClassLoader before = ClassUtils.overrideThreadContextClassLoader(loader);
        try {
            Callable<?> application = (Callable<?>) loader.loadClass(Application.class.getName())
                    .getConstructor(Path.class, String.class)
                    .newInstance(folder.resolve("app.db"), text);
            assertThat(application).isNotInstanceOf(Application.class);
            return (List<?>) application.call();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Loads the classes of the application itself, and leaves all others to the parent. */
    private static final class RestartedClasses extends ClassLoader {

        private static final String APPLICATION = RestartTests.class.getName();

        RestartedClasses() {
            super(RestartTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return name.startsWith(APPLICATION) ? define(name) : super.loadClass(name, resolve);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = getResourceAsStream(ClassUtils.convertClassNameToResourcePath(name) + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Publishes, listens, ends, and tells which loaders the payloads and their handlers' threads had. */
    public static final class Application implements Callable<List<ClassLoader>> {

        private final Path file;
        private final String text;

        public Application(Path file, String text) {
            this.file = file;
            this.text = text;
        }

        @Override
        public List<ClassLoader> call() {
            try (var context = new SpringApplicationBuilder(Shop.class)
                    .web(WebApplicationType.NONE)
                    .run("--spring.datasource.url=jdbc:sqlite:" + file)) {
                context.getBean(Producer.class).publish("orders", new Order(text));
                context.getBean(QueueAdmin.class).awaitDrained("orders", LIMIT);
                Listeners listeners = context.getBean(Listeners.class);
                assertThat(listeners.orders).containsOnly(new Order(text));
                return listeners.loaders;
            }
        }
    }

    record Order(String text) {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        DataSourceAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class,
        TransactionAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        NsqiteAutoConfiguration.class
    })
    @Import({Listeners.class, Handler.class})
    static class Shop {}

    static class Listeners {

        final List<Order> orders = new CopyOnWriteArrayList<>();
        final List<ClassLoader> loaders = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void mail(Order order) {
            note(order);
        }

        @NsqiteListener(topic = "orders", channel = "books", transactional = true, batchSize = 10)
        void book(List<Order> batch) {
            batch.forEach(this::note);
        }

        void note(Order order) {
            orders.add(order);
            loaders.add(order.getClass().getClassLoader());
            loaders.add(Thread.currentThread().getContextClassLoader());
        }
    }

    @NsqiteListener(topic = "orders", channel = "audit")
    static class Handler implements PayloadHandler<Order> {

        private final Listeners listeners;

        Handler(Listeners listeners) {
            this.listeners = listeners;
        }

        @Override
        public void handle(Order order, Delivery delivery) {
            listeners.note(order);
        }
    }
}
