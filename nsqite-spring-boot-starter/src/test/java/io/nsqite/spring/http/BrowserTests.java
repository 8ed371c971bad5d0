package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.spring.http.HttpQueue.Answer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.config.annotation.CorsRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A page of somebody else, in a browser on the same machine, can do nothing. */
@Timeout(60)
class BrowserTests {

    private static final String MAIL = "/topics/orders/subscribers/mail";

    @TempDir
    static Path folder;

    static @Nullable HttpQueue started;

    private final HttpQueue queue = started();

    /** An application that lets pages of a shop in. */
    static class Cors {

        @Bean
        WebMvcConfigurer shopPages() {
            return new WebMvcConfigurer() {
                @Override
                public void addCorsMappings(CorsRegistry registry) {
                    registry.addMapping("/nsqite/topics/*/messages").allowedOrigins("https://shop.example.org");
                }
            };
        }
    }

    @BeforeAll
    static void start() throws Exception {
        started = HttpQueue.start(
                folder.resolve("app.db"), List.of(Cors.class), "nsqite.http.allowed-hosts=Queue.Internal");
        assertThat(started.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}")
                        .status())
                .isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        started().close();
    }

    private static HttpQueue started() {
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    private long waiting() {
        return queue.bean(QueueAdmin.class)
                .channel(new ChannelName("orders", "mail"), 1000)
                .orElseThrow()
                .lag();
    }

    private Answer publishFrom(String origin) throws Exception {
        HttpRequest request = queue.request("/topics/orders/messages")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"message\":1}"))
                .build();
        return queue.send(request);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.json().get("detail").stringValue()).contains("may not use the queue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org",
                "http://127.0.0.1:1",
                "https://127.0.0.1",
                "http://localhost",
                "null",
                "not an origin",
                "http://"
            })
    void pagesOfOtherOriginsMayChangeNothing(String origin) throws Exception {
        HttpRequest request = queue.request("/topics/orders/subscribers")
                .header("Origin", origin)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("[{\"name\":\"evil\"}]"))
                .build();
        refused(queue.send(request));
        assertThat(queue.get("/topics").body()).doesNotContain("evil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void aPictureOfAnotherSiteMayNotReceive(String site) throws Exception {
        HttpRequest request = queue.request(MAIL + "?timeout=0s")
                .header("Sec-Fetch-Site", site)
                .build();
        refused(queue.send(request));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void itsOwnPagesAndTypedAddressesMay(String site) throws Exception {
        HttpRequest request = queue.request("/topics")
                .header("Sec-Fetch-Site", site)
                .header("Origin", "http://127.0.0.1:" + queue.port())
                .build();
        assertThat(queue.send(request).status()).isEqualTo(200);
    }

    @Test
    void pagesThatTheApplicationAllowsMay() throws Exception {
        long before = waiting();
        Answer answer = publishFrom("https://shop.example.org");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.response().headers().firstValue("Access-Control-Allow-Origin"))
                .hasValue("https://shop.example.org");
        assertThat(waiting()).isEqualTo(before + 1);
        assertThat(publishFrom("https://evil.example.org").status()).isEqualTo(403);
        assertThat(waiting()).isEqualTo(before + 1);
        HttpRequest elsewhere = queue.request(MAIL + "?timeout=0s")
                .header("Origin", "https://shop.example.org")
                .build();
        refused(queue.send(elsewhere));
    }

    @ParameterizedTest
    @CsvSource({
        "evil.example.org, 403",
        "evil.example.org:8080, 403",
        "localhost.evil.example.org, 403",
        "127.0.0.1.evil.example.org, 403",
        "localhost, 200",
        "LOCALHOST:8080, 200",
        "shop.localhost:8080, 200",
        "127.0.0.1:8080, 200",
        "[::1]:8080, 200",
        "queue.internal, 200"
    })
    void aNameThatLeadsToThisMachineByAccidentIsRefused(String host, int status) throws Exception {
        assertThat(queue.statusOf("GET /nsqite/topics HTTP/1.1", "Host: " + host))
                .startsWith("HTTP/1.1 " + status);
    }

    @Test
    void aPageThatCallsItselfThisServerIsRefused() throws Exception {
        assertThat(queue.statusOf(
                        "GET /nsqite/topics HTTP/1.1",
                        "Host: evil.example.org",
                        "Origin: http://evil.example.org",
                        "Sec-Fetch-Site: same-origin",
                        "X-Forwarded-Host: localhost"))
                .startsWith("HTTP/1.1 403");
    }

    @Test
    void springSecurityDecidesByItself() throws Exception {
        try (HttpQueue guarded = HttpQueue.start(folder.resolve("guarded.db"), List.of(WithSecurity.class))) {
            assertThat(guarded.statusOf(
                            "GET /nsqite/topics HTTP/1.1",
                            "Host: queue.example.org",
                            "Origin: https://shop.example.org"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    /** As much of it as is looked for. */
    static class WithSecurity {

        @Bean
        Object springSecurityFilterChain() {
            return new Object();
        }
    }
}
