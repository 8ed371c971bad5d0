package io.nsqite.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files of every version that there was, with messages in them, opened by this library. Whoever adds a version adds what a library of the
 * version before left behind: see the head of {@code version-1.sql}.
 */
@Timeout(30)
class EveryVersionUpgradeTests {

    private static final ChannelName MAIL = new ChannelName("orders", "mail");
    private static final ChannelName AUDIT = new ChannelName("orders", "audit");
    private static final long DEAD = 3;
    private static final long LATER = 8;

    @TempDir
    Path folder;

    private QueueFile file;

    private final List<String> mails = new CopyOnWriteArrayList<>();

    static IntStream versions() {
        return IntStream.rangeClosed(
                1, Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS).version());
    }

    private static String fixture(int version) throws Exception {
        String name = "version-%d.sql".formatted(version);
        try (InputStream in = EveryVersionUpgradeTests.class.getResourceAsStream(name)) {
            assertThat(in)
                    .as(
                            "src/test/resources/io/nsqite/schema/%s: let a library of that version bring a file into the state that the head of"
                                    + " version-1.sql tells, and dump it: sqlite3 app.db .dump",
                            name)
                    .isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void restore(int version) throws Exception {
        file = new QueueFile(folder);
        try (Connection transaction = file.transaction();
                Statement statement = transaction.createStatement()) {
            for (String part : fixture(version).split(";\n")) {
                if (!part.isBlank()) {
                    statement.execute(part);
                }
            }
            transaction.commit();
        }
        assertThat(file.rows("SELECT version FROM nsqite_schema")).containsExactly(String.valueOf(version));
    }

    private Nsqite open(SchemaMode mode) {
        return Nsqite.builder(file.dataSource()).schemaMode(mode).build();
    }

    private static String text(Message message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static String told(Delivery delivery) {
        return text(delivery.message()) + " " + delivery.attempt();
    }

    private static ChannelStatus status(Nsqite nsqite, ChannelName name) {
        return nsqite.admin().channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itsTablesBecomeLikeNewOnes(int version) throws Exception {
        restore(version);
        open(SchemaMode.ALWAYS).close();
        open(SchemaMode.VALIDATE).close();
        assertThat(file.rows("SELECT version FROM nsqite_schema"))
                .containsExactly(String.valueOf(
                        Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS).version()));
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whatItsChannelsHadNotHandledComesOnceAndWithItsAttempts(int version) throws Exception {
        restore(version);
        try (Nsqite nsqite = open(SchemaMode.ALWAYS)) {
            List<Message> messages = new CopyOnWriteArrayList<>();
            nsqite.consume(MAIL.topic(), MAIL.channel(), delivery -> {
                messages.add(delivery.message());
                mails.add(told(delivery));
            });
            QueueFile.await(() -> mails.size() >= 3);
            assertThat(nsqite.producer().publish("orders", "new")).isEqualTo(9);
            QueueFile.await(() -> mails.contains("new 1"));
            assertThat(mails).containsExactlyInAnyOrder("failed 2", "waiting 1", "urgent 1", "new 1");
            assertThat(messages)
                    .filteredOn(message -> "42".equals(message.key()))
                    .singleElement()
                    .satisfies(message -> {
                        assertThat(text(message)).isEqualTo("waiting");
                        assertThat(message.headers()).containsEntry("tenant", "a");
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itsDeadLettersAreKeptAndCanBeReplayed(int version) throws Exception {
        restore(version);
        try (Nsqite nsqite = open(SchemaMode.ALWAYS)) {
            assertThat(nsqite.admin().deadLetters(DeadLetterQuery.of(MAIL)))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.message().id()).isEqualTo(DEAD))
                    .satisfies(letter -> assertThat(letter.attempts()).isEqualTo(1))
                    .extracting(DeadLetter::error)
                    .asString()
                    .contains("unknown customer");
            assertThat(nsqite.admin().replay(MAIL, DEAD)).isTrue();
            nsqite.consume(MAIL.topic(), MAIL.channel(), delivery -> mails.add(told(delivery)));
            QueueFile.await(() -> mails.contains("dead 1"));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aPauseDeduplicationKeysAndDelaysStay(int version) throws Exception {
        restore(version);
        try (Nsqite nsqite = open(SchemaMode.ALWAYS)) {
            assertThat(status(nsqite, AUDIT).paused()).isTrue();
            assertThat(status(nsqite, AUDIT).waiting()).isEqualTo(LATER);
            assertThat(nsqite.producer().publish(NewMessage.to("orders", "once").withDeduplicationKey("order-4")))
                    .isEqualTo(4);
            assertThat(nsqite.producer().cancel(LATER)).isTrue();
            nsqite.admin().resume(AUDIT);
            nsqite.consume(AUDIT.topic(), AUDIT.channel(), delivery -> mails.add(told(delivery)));
            nsqite.admin().awaitDrained(AUDIT, QueueFile.LIMIT);
            assertThat(mails)
                    .containsExactlyInAnyOrder(
                            "handled 1", "failed 1", "dead 1", "once 1", "waiting 1", "urgent 1", "done ahead 1");
        }
    }
}
