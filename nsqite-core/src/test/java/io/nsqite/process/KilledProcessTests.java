package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KilledProcessTests extends ProcessTest {

    private static final int CONCURRENCY = 5;

    /** What a process may have handed out and not settled. */
    private static final int MAX_IN_HAND = 512 + CONCURRENCY;

    @Test
    void nothingIsLostAndLittleComesTwiceThoughTheProcessIsKilledAgainAndAgain() throws Exception {
        int messages = 5_000 * scale();
        Set<Long> published = new HashSet<>();
        try (Nsqite nsqite = queue()) {
            for (int batch = 0; batch < messages / 1000; batch++) {
                published.addAll(publish(nsqite, 1000));
            }
        }

        killAfter("first", messages / 5);
        killAfter("second", messages / 3);
        killAfter("third", 700);
        Child last = child("last", "concurrency=" + CONCURRENCY);
        Nsqite nsqite = queue();
        nsqite.admin().awaitDrained(NAME, LIMIT);
        last.stop();

        Handled handled = handled();
        assertThat(handled.times().keySet()).isEqualTo(published);
        assertThat(status(nsqite).dead()).isZero();
        Set<Long> before = new HashSet<>();
        for (String process : List.of("first", "second", "third", "last")) {
            List<Long> ids = handled.idsBy(process);
            assertThat(ids).as("handled by the %s process", process).doesNotHaveDuplicates();
            assertThat(ids.stream().filter(before::contains).count())
                    .as("handled again by the %s process", process)
                    .isLessThanOrEqualTo(MAX_IN_HAND);
            before.addAll(ids);
        }
    }

    private void killAfter(String name, int messages) throws Exception {
        Child child = child(name, "concurrency=" + CONCURRENCY, "tellAt=" + messages);
        child.await("@reached");
        child.kill();
    }

    @Test
    void whatAKilledProcessHadInHandIsHandledAgain() throws Exception {
        Nsqite nsqite = queue();
        Child child = child("A");
        long id = nsqite.producer().publish(TOPIC, "hold");
        child.await("@holds " + id);
        child.kill();

        Child next = child("B");
        next.await("@holds " + id);
        next.send("go");
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().lines()).containsExactly(new Handled.Line("B", id));
    }
}
