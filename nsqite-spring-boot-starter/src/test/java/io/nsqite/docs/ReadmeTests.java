package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The README tells the truth: its Java is compiled, and does what it says. */
@Timeout(60)
class ReadmeTests {

    private static final Pattern SECTION = Pattern.compile("(?ms)^##+ ([^\n]*)\n(.*?)(?=^##+ |\\z)");

    /** The sections that are about no feature, and need no example. */
    private static final Set<String> NO_FEATURES = Set.of("Guarantees", "Settings", "How it works", "Limits");

    @TempDir
    Path folder;

    @Test
    void everyJavaSnippetOfTheReadmeStandsInASourceThatIsCompiledHere() throws IOException {
        String sources = Snippets.sources();

        List<String> snippets = Snippets.of("java", readme());

        assertThat(snippets)
                .hasSizeGreaterThan(5)
                .allSatisfy(snippet -> assertThat(sources).contains(Snippets.normalized(snippet)));
    }

    @Test
    void everyFeatureHasAnExample() throws IOException {
        List<String> without = new ArrayList<>();
        int sections = 0;
        Matcher section = SECTION.matcher(readme());
        while (section.find()) {
            sections++;
            if (!NO_FEATURES.contains(section.group(1)) && !section.group(2).contains("```")) {
                without.add(section.group(1));
            }
        }
        assertThat(sections).isGreaterThan(15);
        assertThat(without).isEmpty();
    }

    @Test
    void everyPropertyOfAnExampleExists() throws IOException {
        String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
        List<String> examples = Snippets.of("properties", readme());
        assertThat(examples).isNotEmpty();
        assertThat(String.join("", examples).lines())
                .allSatisfy(line -> assertThat(metadata)
                        .contains("\"name\": \"%s\"".formatted(line.substring(0, line.indexOf('=')))));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("..", "README.md"));
    }

    @Test
    void anOrderPlacedInATransactionIsMailedAndAudited() {
        LinkedBlockingQueue<String> mails = new LinkedBlockingQueue<>();
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteAutoConfiguration.class))
                .withPropertyValues("spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"))
                .withBean(MailService.class, () -> (to, text) -> mails.add(to + ": " + text))
                .withBean(OrderService.class)
                .withBean(OrderMails.class)
                .withBean(OrderAudit.class)
                .run(context -> {
                    context.getBean(JdbcClient.class)
                            .sql("CREATE TABLE orders (id TEXT PRIMARY KEY, email TEXT)")
                            .update();
                    context.getBean(OrderService.class).place(new Order("42", "a@example.com"));
                    assertThat(mails.poll(10, TimeUnit.SECONDS)).isEqualTo("a@example.com: Thank you for order 42");
                    QueueAdmin admin = context.getBean(QueueAdmin.class);
                    admin.awaitDrained(new ChannelName("orders", "mail"), Duration.ofSeconds(5));
                    admin.awaitDrained(new ChannelName("orders", "audit"), Duration.ofSeconds(5));
                    assertThat(admin.deadLetters(DeadLetterQuery.all())).isEmpty();
                    admin.rewind(new ChannelName("orders", "mail"), 1);
                    assertThat(mails.poll(10, TimeUnit.SECONDS))
                            .as("after the rewind")
                            .startsWith("a@example.com");
                    assertThat(published(context.getBean(Producer.class), new OrderPlaced("43", "b@example.com")))
                            .isEqualTo(2);
                });
    }

    private static long published(Producer producer, OrderPlaced event) {
        long id = producer.publish(NewMessage.to("orders", event).withKey("42").withHeader("tenant", "a"));
        return id;
    }

    @Test
    void theQueueWorksWithoutSpring() {
        Path file = folder.resolve("plain.db");
        DataSource dataSource = SqliteDataSource.forUrl("jdbc:sqlite:" + file);
        try (Nsqite nsqite = Nsqite.builder(dataSource).build()) {
            nsqite.consume("orders", "mail", delivery -> send(delivery.message().payload()));
            nsqite.producer().publish("orders", "hello");
            nsqite.admin().awaitDrained(new ChannelName("orders", "mail"), Duration.ofSeconds(5));
        }
        assertThat(sent.getCount()).isZero();
    }

    private final CountDownLatch sent = new CountDownLatch(1);

    private void send(byte[] payload) {
        assertThat(payload).asString().isEqualTo("hello");
        sent.countDown();
    }
}
