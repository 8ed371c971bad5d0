package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Processes that have nothing to do wait for a sign of the file system. */
@EnabledOnOs(OS.LINUX)
class IdleWakeUpTests extends ProcessTest {

    private final List<String> payloads = new CopyOnWriteArrayList<>();

    private static boolean isWatching() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("nsqite-watch-app.db"));
    }

    @Test
    void anIdleProcessReceivesWhatAnotherOnePublishes() throws Exception {
        Child publisher = child("publisher", "serve=no");
        Nsqite nsqite = queue(NsqiteOptions.defaults().withLease(NO_LEASE));
        nsqite.consume(
                TOPIC,
                CHANNEL,
                delivery -> payloads.add(new String(delivery.message().payload())));
        for (int number = 0; number < 3; number++) {
            until(IdleWakeUpTests::isWatching);
            publisher.send("publish idle-" + number);
            String payload = "idle-" + number;
            until(() -> payloads.contains(payload));
        }
        assertThat(payloads).containsExactly("idle-0", "idle-1", "idle-2");
        assertThat(hasLogged("can't be watched")).isFalse();
        publisher.stop();
    }

    @Test
    void itsThreadsEndWithTheQueue() {
        Nsqite nsqite = queue();
        until(IdleWakeUpTests::isWatching);
        nsqite.close();
        until(() -> !isWatching());
    }
}
