package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.producer.Producer;
import io.nsqite.spring.remote.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Requests that wait cost no threads, and end with their clients and with the application. */
@Timeout(60)
class LongPollTests {

    private static final int MANY = 1000;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TOPIC = "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}";

    @TempDir
    Path folder;

    @Test
    void aThousandWaitWithoutThreadsAndEndWhenTheirClientsGo() throws Exception {
        try (HttpQueue queue = start()) {
            LongPolls polls = queue.bean(LongPolls.class);
            int before = Thread.getAllStackTraces().size();
            List<SocketChannel> clients = connect(queue, MANY);
            await().atMost(LIMIT).until(() -> polls.waiting() == MANY);
            assertThat(Thread.getAllStackTraces().size())
                    .as("the server's ten workers and the interface's few, not a thread for each")
                    .isLessThan(before + 50);

            for (SocketChannel client : clients) {
                client.close();
            }
            await().atMost(LIMIT).until(() -> polls.waiting() == 0);

            queue.bean(Producer.class).publish("orders", "hello");
            JsonNode received =
                    queue.get("/topics/orders/subscribers/mail?timeout=5s").json();
            assertThat(received.get(0).get("message").stringValue()).isEqualTo("hello");
            assertThat(received.get(0).get("attempt").intValue())
                    .as("nobody who has gone was handed it")
                    .isEqualTo(1);
        }
    }

    private HttpQueue start() throws Exception {
        HttpQueue queue = HttpQueue.start(
                folder.resolve("app.db"), "server.tomcat.threads.max=10", "server.tomcat.accept-count=1000");
        assertThat(queue.post("/topics", TOPIC).status()).isEqualTo(201);
        return queue;
    }

    private static List<SocketChannel> connect(HttpQueue queue, int number) throws IOException {
        List<SocketChannel> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel client =
                    SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), queue.port()));
            ByteBuffer request = ByteBuffer.wrap(request("60s"));
            while (request.hasRemaining()) {
                client.write(request);
            }
            clients.add(client);
        }
        return clients;
    }

    private static byte[] request(String timeout) {
        return "GET /nsqite/topics/orders/subscribers/mail?timeout=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(timeout)
                .getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void whoWaitsWhenTheApplicationStopsGetsNoMessagesAtOnce() throws Exception {
        HttpQueue queue = start();
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), queue.port())) {
            client.getOutputStream().write(request("60s"));
            LongPolls polls = queue.bean(LongPolls.class);
            await().atMost(LIMIT).until(() -> polls.waiting() == 1);
            queue.close();
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 200").contains("[]");
        }
    }

    @Test
    void aTimeoutWithoutMessagesIsAnEmptyArray() throws Exception {
        try (HttpQueue queue = start()) {
            HttpQueue.Answer answer = queue.get("/topics/orders/subscribers/mail?timeout=1500ms&max=3");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(Json.read(answer.response().body())).isEmpty();
        }
    }
}
