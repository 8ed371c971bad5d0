package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.sqlite.WriteTimeoutException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Several applications in one JVM on one file, one after the other and side by side, as tests and DevTools make them. */
@Timeout(60)
class SeveralContextsTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Thread> threadsBefore = threads();

    @TempDir
    Path folder;

    private TestApplication application(String... properties) {
        TestApplication application = TestApplication.on("jdbc:sqlite:" + file() + "?busy_timeout=300")
                .with(Mail.class);
        for (String property : properties) {
            application.with(property);
        }
        return application;
    }

    private Path file() {
        return folder.resolve("app.db");
    }

    @Test
    void oneAfterTheOtherEachMessageIsHandledOnceAndNothingIsLeft() throws IOException {
        List<String> seen = new ArrayList<>();
        List<String> published = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            try (var context = application().start()) {
                published.add("message " + round);
                context.getBean(Producer.class).publish("orders", "message " + round);
                context.getBean(QueueAdmin.class).awaitDrained("orders", LIMIT);
                seen.addAll(context.getBean(Mail.class).seen);
            }
        }
        assertThat(seen).isEqualTo(published);
        assertNothingIsLeft();
    }

    @Test
    void aStartThatFailsLeavesNothing() throws IOException {
        TestApplication invalid = application().with(Invalid.class);
        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(invalid::start).isNotNull();
        }
        assertNothingIsLeft();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpenButTheOneThatSaysWhoLives() throws IOException {
        for (int round = 0; round < 3; round++) {
            application().start().close();
        }
        assertThat(openFiles()).containsExactly(file().getFileName() + "-nsqite");
    }

    private List<String> openFiles() throws IOException {
        List<String> open = new ArrayList<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    open.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        String ours = folder.toRealPath() + "/";
        return open.stream()
                .filter(name -> name.startsWith(ours))
                .map(name -> name.substring(ours.length()))
                .toList();
    }

    private void assertNothingIsLeft() throws IOException {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(threads()).isSubsetOf(threadsBefore));
        assertThat(System.getProperties().get("io.nsqite.drivers"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .doesNotContainKey(file().toRealPath().toString());
    }

    /** Of the queue and of pools; contexts that other tests share have some as well. */
    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("nsqite")
                        || thread.getName().startsWith("HikariPool"))
                .toList();
    }

    @Test
    void sideBySideOneServesTheChannelAndTheOtherTakesOver() {
        ConfigurableApplicationContext first = application().start();
        try (var second = application().start()) {
            await().atMost(LIMIT).untilAsserted(() -> assertThat(state(first)).isEqualTo(State.ACTIVE));
            assertThat(state(second)).isEqualTo(State.STANDBY);

            first.getBean(Producer.class).publish("orders", "of the first");
            second.getBean(Producer.class).publish("orders", "of the second");
            second.getBean(QueueAdmin.class).awaitDrained("orders", LIMIT);
            assertThat(first.getBean(Mail.class).seen).containsExactly("of the first", "of the second");

            first.close();
            second.getBean(Producer.class).publish("orders", "later");
            second.getBean(QueueAdmin.class).awaitDrained("orders", LIMIT);
            assertThat(state(second)).isEqualTo(State.ACTIVE);
            assertThat(second.getBean(Mail.class).seen).containsExactly("later");
        } finally {
            first.close();
        }
    }

    private static State state(ConfigurableApplicationContext context) {
        return context.getBean(NsqiteListenerRegistry.class)
                .status("orders.mail")
                .state();
    }

    @Test
    void sideBySideTheyShareThePermitToWrite() {
        try (var first = application("nsqite.listener.auto-startup=false").start();
                var second = application("nsqite.listener.auto-startup=false").start()) {
            first.getBean(TransactionTemplate.class).executeWithoutResult(status -> {
                first.getBean(JdbcTemplate.class).execute("CREATE TABLE entry (text TEXT)");
                Thread writer = Thread.currentThread();
                assertThatThrownBy(() -> inAnotherThread(second))
                        .hasRootCauseInstanceOf(WriteTimeoutException.class)
                        .hasStackTraceContaining("thread \"" + writer.getName() + "\" has held the permit");
            });
            second.getBean(JdbcTemplate.class).update("INSERT INTO entry VALUES ('afterwards')");
        }
    }

    private static void inAnotherThread(ConfigurableApplicationContext context) throws Exception {
        var writing = new FutureTask<>(
                () -> context.getBean(JdbcTemplate.class).update("INSERT INTO entry VALUES ('too early')"));
        new Thread(writing).start();
        writing.get();
    }

    static class Mail {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail", concurrency = 3)
        void on(String payload) {
            seen.add(payload);
        }
    }

    static class Invalid {

        @NsqiteListener(topic = "orders", channel = "invalid")
        int on(String payload) {
            return 1;
        }
    }
}
