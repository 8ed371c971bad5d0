package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.producer.Producer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JsonNode;

/** A filter of the application that lets a request in, and then refuses the dispatch by which it is answered. */
@Timeout(60)
class RefusedDispatchTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MAIL = "/topics/orders/subscribers/mail";

    @TempDir
    Path folder;

    static class Rules {

        static final AtomicBoolean REFUSES = new AtomicBoolean();

        @Bean
        FilterRegistrationBean<Filter> rule() {
            FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>((request, response, chain) -> {
                if (REFUSES.get()) {
                    ((HttpServletResponse) response).sendError(403);
                } else {
                    chain.doFilter(request, response);
                }
            });
            registration.setDispatcherTypes(DispatcherType.ASYNC);
            registration.setAsyncSupported(true);
            return registration;
        }
    }

    @Test
    void messagesThatNobodyWritesComeAgainAtOnce() throws Exception {
        try (HttpQueue queue = HttpQueue.start(folder.resolve("app.db"), List.of(Rules.class))) {
            queue.post("/topics", "{\"name\":\"orders\",\"subscribers\":[{\"name\":\"mail\"}]}");
            Rules.REFUSES.set(true);
            CompletableFuture<HttpQueue.Answer> refused = queue.getLater(MAIL + "?timeout=30s");
            await().atMost(LIMIT).until(() -> queue.bean(LongPolls.class).waiting() == 1);
            queue.bean(Producer.class).publish("orders", "hello");
            assertThat(refused.handle((answer, aborted) -> true).get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();

            Rules.REFUSES.set(false);
            JsonNode again = queue.get(MAIL + "?timeout=20s").json();
            assertThat(again).hasSize(1);
            assertThat(again.get(0).get("attempt").intValue())
                    .as("nobody has seen it")
                    .isEqualTo(1);
        }
    }
}
