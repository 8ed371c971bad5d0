package io.nsqite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.producer.PublishException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a queue knows that it can't work, and that it can again. */
@Timeout(30)
class ConditionTests {

    private static final Predicate<String> COMMITS = sql -> sql.equals("COMMIT");

    @TempDir
    Path folder;

    private FaultyDriver disk;
    private QueueFile file;
    private ManualTimer timer;
    private Nsqite nsqite;

    @BeforeEach
    void open() throws Exception {
        disk = FaultyDriver.open();
        file = new QueueFile(folder);
        timer = new ManualTimer();
        nsqite = Nsqite.builder(file.dataSource()).timer(timer).build();
    }

    @AfterEach
    void close() throws Exception {
        disk.heal();
        nsqite.close();
        disk.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 10, 13, 266})
    void aDatabaseThatTakesNoWritesIsAProblemUntilItTakesOneThoughNobodyElseWrites(int code) {
        Instant before = Instant.now().minusSeconds(1);
        assertThat(nsqite.condition()).isEqualTo(Condition.HEALTHY);
        disk.failWith(code, COMMITS);
        assertThatThrownBy(() -> nsqite.producer().publish("orders", "x")).isInstanceOf(PublishException.class);

        Condition refused = nsqite.condition();
        assertThat(refused.isHealthy()).isFalse();
        assertThat(refused.problem()).contains("does not take what is written", "fault " + code);
        assertThat(refused.since()).isBetween(before, Instant.now().plusSeconds(1));
        int failures = disk.failures();
        awaitUnderTime(() -> disk.failures() > failures);
        assertThat(nsqite.condition().isHealthy()).as("tried in vain").isFalse();

        disk.heal();
        awaitUnderTime(() -> nsqite.condition().isHealthy());
    }

    private void awaitUnderTime(Callable<Boolean> condition) {
        QueueFile.await(() -> {
            timer.advance(Duration.ofSeconds(1));
            return condition.call();
        });
    }

    @Test
    void aRefusedMessageIsNoProblemOfTheQueue() throws Exception {
        disk.failWith(19, sql -> sql.contains("INTO nsqite_message"));
        assertThatThrownBy(() -> nsqite.producer().publish("orders", "x")).isInstanceOf(PublishException.class);
        assertThat(nsqite.condition().isHealthy()).isTrue();
    }

    @Test
    void aDatabaseThatCantBeReadIsAProblem() {
        disk.failWith(10, sql -> sql.startsWith("SELECT"));
        awaitUnderTime(() -> !nsqite.condition().isHealthy());
        assertThat(nsqite.condition().problem()).contains("can't be read");
        disk.heal();
        awaitUnderTime(() -> nsqite.condition().isHealthy());
    }

    @Test
    void aClosedQueueSaysSo() {
        nsqite.close();
        Condition closed = nsqite.condition();
        assertThat(closed.problem()).contains("closed");
        assertThat(nsqite.condition()).as("since the same time").isEqualTo(closed);
    }
}
