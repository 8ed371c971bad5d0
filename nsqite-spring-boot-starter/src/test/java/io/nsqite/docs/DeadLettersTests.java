package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README says of dead letters and of operating a channel. */
@Timeout(30)
class DeadLettersTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final ChannelName mail = new ChannelName("orders", "mail");
    private final List<String> reports = new ArrayList<>();
    private Nsqite nsqite;
    private QueueAdmin admin;

    @BeforeEach
    void threeDie() {
        NsqiteOptions options = NsqiteOptions.defaults()
                .withRetention(RetentionOptions.defaults()
                        .withConsumed(Duration.ofDays(3))
                        .withUnheard(Duration.ofDays(30)));
        nsqite = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")))
                .options(options)
                .build();
        admin = nsqite.admin();
        nsqite.consume("orders", "mail", ConsumerOptions.defaults().withMaxAttempts(1), delivery -> {
            throw new IllegalStateException("timeout of the mail server");
        });
        for (int i = 0; i < 3; i++) {
            nsqite.producer().publish("orders", "order " + i);
        }
        admin.awaitDrained(mail, LIMIT);
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    @Test
    void theyAreFoundPageByPageReplayedAndDiscarded() {
        ChannelName mail = new ChannelName("orders", "mail");
        DeadLetterQuery timeouts = DeadLetterQuery.of(mail)
                .withErrorContaining("timeout")
                .withFailedFrom(Instant.now().minus(Duration.ofDays(1)));
        List<DeadLetter> page = admin.deadLetters(timeouts); // the oldest 100, or withLimit(...)
        while (!page.isEmpty()) {
            page.forEach(this::report);
            page = admin.deadLetters(timeouts.withAfter(page.get(page.size() - 1)));
        }
        assertThat(reports).hasSize(3);
        List<DeadLetter> dead = admin.deadLetters(timeouts);
        treat(timeouts, dead.get(0).message().id(), dead.get(1).message().id());
        admin.awaitDrained(mail, LIMIT);
        assertThat(admin.deadLetters(timeouts)).as("one was discarded").hasSize(2);
    }

    private void treat(DeadLetterQuery timeouts, long messageId, long hopelessId) {
        admin.replay(mail, messageId); // comes again, with all its attempts
        admin.discard(mail, hopelessId); // counts as handled
        admin.replayAll(timeouts); // whatever the query finds
    }

    private void report(DeadLetter letter) {
        reports.add(letter.error());
    }

    @Test
    void aChannelIsOperated() {
        ChannelName mail = new ChannelName("orders", "mail");
        admin.pause(mail); // nothing more is handed out until admin.resume(mail)
        admin.resume(mail);
        admin.rewind(mail, Instant.now().minus(Duration.ofHours(1))); // the last hour once more; also from a message id
        admin.purge(mail); // drops what waits
        admin.delete(mail); // with its position and its dead letters
        assertThat(admin.channels()).isEmpty();
    }
}
