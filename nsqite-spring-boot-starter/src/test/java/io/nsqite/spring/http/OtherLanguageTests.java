package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients in another language consume through HTTP; one is killed in the middle. */
@Timeout(60)
class OtherLanguageTests {

    private static final int MESSAGES = 200;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void nothingIsLostWhenOneOfTwoClientsIsKilledAndNothingHeldBeyondItsTime() throws Exception {
        try (HttpQueue queue = HttpQueue.start(folder.resolve("app.db"))) {
            queue.post(
                    "/topics",
                    "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\",\"option\":{\"visibility_duration\":\"2s\"}}]}");
            String url = "http://127.0.0.1:%d/nsqite/topics/orders/subscribers/mail".formatted(queue.port());
            try (PythonClient first = PythonClient.consumeAndHold(url, 10);
                    PythonClient second = PythonClient.consume(url)) {
                publish(queue);
                await().atMost(LIMIT).until(first::isHolding);
                first.kill();
                List<Integer> inHand = new ArrayList<>(first.received(1));
                inHand.removeAll(first.numbers("acknowledged"));
                assertThat(inHand).as("what it had when it was killed").isNotEmpty();

                assertThat(second.await()).isZero();
                TreeSet<Integer> handled = new TreeSet<>(first.numbers("handled"));
                handled.addAll(second.numbers("handled"));
                assertThat(handled)
                        .containsExactlyElementsOf(
                                IntStream.range(0, MESSAGES).boxed().toList());
                assertThat(second.numbers("handled"))
                        .as("what was acknowledged before the death does not come again")
                        .doesNotContainAnyElementsOf(first.numbers("acknowledged"));
                assertThat(second.received(2)).as("it came again").containsAll(inHand);
                queue.bean(QueueAdmin.class).awaitDrained(new ChannelName("orders", "mail"), LIMIT);
            }
        }
    }

    private static void publish(HttpQueue queue) throws Exception {
        String all = IntStream.range(0, MESSAGES)
                .mapToObj("{\"message\":{\"number\":%d}}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(queue.post("/topics/orders/messages", all).status()).isEqualTo(201);
    }
}
