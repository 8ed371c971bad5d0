package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.Nsqite;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Processes that write as fast as they can. */
class TurnstileTests extends ProcessTest {

    /** So many that neither what is new in a young process nor the seconds without trust in the turnstile decide. */
    private static final int FLOOD = 8_000;

    /** Until they have published so many, JVMs are busy with compiling, one more than another. */
    private static final int WARM = 1_000;

    /** A flood takes as long as it takes. */
    private static final Duration FLOOD_LIMIT = Duration.ofMinutes(2);

    private Path turnstile() {
        return folder.resolve("app.db-nsqite-turn");
    }

    private FileLock locked(FileChannel channel, long position) throws IOException {
        return channel.tryLock(position, 1, false);
    }

    /** Waits for a lock that this process may have itself for a moment, while it writes. */
    private FileLock awaitLock(FileChannel channel, long position) {
        AtomicReference<FileLock> lock = new AtomicReference<>();
        until(() -> {
            try {
                lock.set(locked(channel, position));
            } catch (OverlappingFileLockException ours) {
                return false;
            }
            return lock.get() != null;
        });
        return lock.get();
    }

    private FileChannel open() throws IOException {
        return closing(FileChannel.open(turnstile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    }

    private long published(Connection connection) {
        return longs(connection, "SELECT coalesce(max(id), 0) FROM nsqite_message")
                .get(0);
    }

    /** How many messages each has published since, of those that have published any. */
    private static List<Long> shares(Connection connection, long since) {
        return longs(connection, "SELECT count(*) FROM nsqite_message WHERE id > " + since + " GROUP BY message_key");
    }

    private static boolean areInFullSwing(List<Long> shares) {
        return shares.size() == 2 && Collections.min(shares) >= WARM;
    }

    private long floodedBy(Child child) {
        return child.numberAfter("@flooded ");
    }

    @Test
    void twoThatPublishAsFastAsTheyCanWhileOneConsumesGetAFairShareEach() throws Exception {
        Child consuming = child("consuming");
        Child publishing = child("publishing", "serve=no");
        Connection connection = raw();
        untilSomebodyLookedAround(connection); // so that each knows of the other
        until(() -> Files.exists(turnstile()));
        untilSomebodyLookedAround(connection);

        consuming.send("flood 2");
        publishing.send("flood 2");
        await().atMost(FLOOD_LIMIT).until(() -> areInFullSwing(shares(connection, 0)));
        long bothBegun = published(connection);
        await().atMost(FLOOD_LIMIT).until(() -> published(connection) >= bothBegun + FLOOD * scale());
        List<Long> shares = shares(connection, bothBegun);
        consuming.send("calm");
        publishing.send("calm");
        consuming.await("@flooded");
        publishing.await("@flooded");
        Nsqite nsqite = queue();
        nsqite.admin().awaitDrained(NAME, LIMIT);

        assertThat(shares).hasSize(2);
        assertThat(Collections.min(shares)).as("of %s", shares).isGreaterThan(Collections.max(shares) / 4);
        long published = floodedBy(consuming) + floodedBy(publishing);
        assertThat(published).isEqualTo(published(connection));
        assertThat(handled().ids()).hasSize((int) published).doesNotHaveDuplicates();
        consuming.stop();
        publishing.stop();
        assertThat(consuming.count("SQLITE_BUSY") + publishing.count("SQLITE_BUSY"))
                .isZero();
    }

    @Test
    void aKilledProcessLeavesTheTurnstile() throws Exception {
        Nsqite nsqite = queue();
        Child writing = child("writing", "serve=no");
        writing.send("write");
        writing.await("@writes");
        FileChannel observer = open();
        assertThat(locked(observer, 1)).as("the turn is another's").isNull();
        FileLock next = locked(observer, 0);
        assertThat(next).as("nobody is the next").isNotNull();
        next.release();

        writing.kill();

        awaitLock(observer, 1).release(); // our queue may be burying it just now
        List<Long> published = publish(nsqite, 100);
        assertThat(published).hasSize(100);
    }

    @Test
    void aProcessSuspendedInTheTurnstileHoldsNobodyUpForLong() throws Exception {
        Child standing = child("standing", "serve=no");
        Child serving = child("serving");
        Nsqite nsqite = queue();
        until(() -> Files.exists(turnstile()));
        standing.send("stand " + turnstile());
        standing.await("@stands");
        standing.suspend();

        // waiting at each of these transactions, here and in the other process, would take half a minute
        for (int number = 0; number < 500; number++) {
            nsqite.producer().publish(TOPIC, "message-" + number);
        }
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().ids()).hasSize(500).doesNotHaveDuplicates();

        standing.resume();
        standing.stop();
        serving.stop();
    }

    @Test
    void aProcessSuspendedAtAnyMomentOfWritingLosesNothingAndNobodysMessages() throws Exception {
        Child flooding = child("flooding", "serve=no");
        Child other = child("other");
        Connection connection = raw();
        untilSomebodyLookedAround(connection);
        flooding.send("flood 2");
        other.send("flood 2");
        for (int round = 1; round <= 5; round++) {
            long enough = round * 400L;
            until(() -> published(connection) >= enough);
            flooding.suspend();
            flooding.resume();
        }
        flooding.send("calm");
        other.send("calm");
        flooding.await("@flooded");
        other.await("@flooded");
        Nsqite nsqite = queue();
        nsqite.admin().awaitDrained(NAME, LIMIT);

        long published = floodedBy(flooding) + floodedBy(other);
        assertThat(published).isEqualTo(published(connection));
        assertThat(handled().ids()).hasSize((int) published).doesNotHaveDuplicates();
        flooding.stop();
        other.stop();
    }

    @Test
    void aProcessThatIsAloneAgainLeavesTheTurnstileAside() throws Exception {
        Nsqite nsqite = queue();
        Child other = child("other", "serve=no");
        until(() -> Files.exists(turnstile()));
        other.stop();
        Connection connection = raw();
        until(() -> owners(connection).size() == 1);
        untilSomebodyLookedAround(connection);
        untilSomebodyLookedAround(connection);
        FileChannel others = open();
        awaitLock(others, 0);
        awaitLock(others, 1);
        // waiting at each would take half a minute
        publish(nsqite, 100);
        for (int number = 0; number < 500; number++) {
            nsqite.producer().publish(TOPIC, "message-" + number);
        }
        assertThat(published(connection)).isEqualTo(600);
    }
}
