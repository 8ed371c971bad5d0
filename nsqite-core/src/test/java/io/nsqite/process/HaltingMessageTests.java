package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.admin.DeadLetterQuery;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaltingMessageTests extends ProcessTest {

    private static final int MAX_ATTEMPTS = 2;

    @ParameterizedTest
    @ValueSource(ints = {1, 5})
    void aMessageThatHaltsTheJvmIsDeadAfterItsAttemptsAndTakesNoNeighbourAlong(int concurrency) throws Exception {
        List<Long> neighbours = new ArrayList<>();
        long halting;
        try (Nsqite nsqite = queue()) {
            neighbours.addAll(publish(nsqite, 40));
            halting = nsqite.producer().publish(TOPIC, "halt");
            neighbours.addAll(publish(nsqite, 600));
        }

        int starts = 1; // the first attempt of a message is not recorded
        startUntilItHalts(concurrency);
        for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            startUntilItHalts(concurrency);
            starts++;
        }
        Child last = start(concurrency);
        Nsqite nsqite = queue();
        nsqite.admin().awaitDrained(NAME, LIMIT);
        last.stop();

        assertThat(starts).isEqualTo(1 + MAX_ATTEMPTS);
        assertThat(handled().times().keySet()).containsExactlyInAnyOrderElementsOf(neighbours);
        assertThat(nsqite.admin().deadLetters(DeadLetterQuery.all()))
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.message().id()).isEqualTo(halting);
                    assertThat(dead.attempts()).isEqualTo(MAX_ATTEMPTS);
                    assertThat(dead.error()).contains("process ended").contains("2 attempts");
                    assertThat(dead.name()).isEqualTo(NAME);
                });
    }

    private Child start(int concurrency) throws Exception {
        return launch("A", "concurrency=" + concurrency, "maxAttempts=" + MAX_ATTEMPTS);
    }

    private void startUntilItHalts(int concurrency) throws Exception {
        assertThat(start(concurrency).awaitExit()).isEqualTo(QueueProgram.HALTED);
    }
}
