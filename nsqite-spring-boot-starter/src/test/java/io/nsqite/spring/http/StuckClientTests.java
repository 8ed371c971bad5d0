package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.Nsqite;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockAsyncContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** Clients that wait and do not read, so that writing to them stands still. */
@Timeout(60)
class StuckClientTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration VISIBILITY = Duration.ofHours(1);
    private static final Duration BEAT = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final int MANY = 5;

    @TempDir
    Path folder;

    private final CountDownLatch reads = new CountDownLatch(1);
    private Nsqite nsqite;
    private PullConsumer consumer;

    @BeforeEach
    void open() {
        nsqite = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")))
                .build();
        consumer = nsqite.pull("orders", "mail");
    }

    @AfterEach
    void close() {
        reads.countDown();
        consumer.close();
        nsqite.close();
    }

    /** Of a client that reads when the latch is open. */
    private final class StuckResponse extends MockHttpServletResponse {

        private final CountDownLatch stuck = new CountDownLatch(1);

        @Override
        public void flushBuffer() {
            stuck.countDown();
            awaitReads();
            super.flushBuffer();
        }

        private void awaitReads() {
            try {
                reads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        void awaitStuck() throws InterruptedException {
            assertThat(stuck.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Of a client that goes away after a while. */
    private static final class LeavingResponse extends MockHttpServletResponse {

        private final AtomicInteger beats = new AtomicInteger();

        @Override
        public void flushBuffer() {
            if (beats.incrementAndGet() > 2) {
                sneak(new IOException("Broken pipe"));
            }
            super.flushBuffer();
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void sneak(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    private CompletableFuture<List<PulledMessage>> ask() {
        return consumer.receiveAsync(1, NEVER, VISIBILITY);
    }

    private MockHttpServletRequest poll(
            LongPolls polls, CompletableFuture<List<PulledMessage>> messages, MockHttpServletResponse response)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        LongPoll.Received received = new LongPoll.Received(
                messages,
                failure -> {
                    throw new AssertionError(failure);
                },
                new Handover(consumer));
        new LongPoll(polls, received, NEVER).writeTo(request, response, List::of);
        return request;
    }

    @Test
    void theEndsOfOthersAreNoticedAndOthersGetTheirMessages() throws Exception {
        try (LongPolls polls = new LongPolls(new LongPolls.Pace(BEAT, NEVER))) {
            for (int i = 0; i < MANY; i++) {
                StuckResponse stuck = new StuckResponse();
                poll(polls, new CompletableFuture<>(), stuck);
                stuck.awaitStuck();
            }
            poll(polls, new CompletableFuture<>(), new LeavingResponse());
            await().atMost(LIMIT).until(() -> polls.waiting() == MANY);

            MockHttpServletRequest patient = poll(polls, ask(), new MockHttpServletResponse());
            nsqite.producer().publish("orders", "hello");
            await().atMost(LIMIT).until(() -> isDispatched(patient));
            reads.countDown();
        }
    }

    private static boolean isDispatched(MockHttpServletRequest request) {
        return request.getAsyncContext() instanceof MockAsyncContext context && context.getDispatchedPath() != null;
    }

    @Test
    void whatComesForAClientThatDoesNotGetOnGoesToAnother() throws Exception {
        try (LongPolls polls = new LongPolls(new LongPolls.Pace(BEAT, Duration.ofMillis(100)))) {
            StuckResponse stuck = new StuckResponse();
            CompletableFuture<List<PulledMessage>> asked = ask();
            MockHttpServletRequest request = poll(polls, asked, stuck);
            stuck.awaitStuck();
            nsqite.producer().publish("orders", "hello");
            List<PulledMessage> received = consumer.receive(1, LIMIT, VISIBILITY);
            assertThat(received).hasSize(1);

            reads.countDown();
            await().atMost(LIMIT).until(() -> isDispatched(request));
            assertThat(consumer.consumer().inFlight()).isEqualTo(1);
        }
    }

    @Test
    void aMessageThatComesDuringABeatIsAnsweredAfterIt() throws Exception {
        try (LongPolls polls = new LongPolls(new LongPolls.Pace(BEAT, NEVER))) {
            StuckResponse slow = new StuckResponse();
            CompletableFuture<List<PulledMessage>> asked = ask();
            MockHttpServletRequest request = poll(polls, asked, slow);
            slow.awaitStuck();
            nsqite.producer().publish("orders", "hello");
            assertThat(asked.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).hasSize(1);
            await("two never write at a time")
                    .during(Duration.ofMillis(300))
                    .atMost(LIMIT)
                    .until(() -> !isDispatched(request));
            reads.countDown();
            await().atMost(LIMIT).until(() -> isDispatched(request));
            List<PulledMessage> more = new ArrayList<>(consumer.receive(1, Duration.ZERO, VISIBILITY));
            assertThat(more).as("it was not given back").isEmpty();
        }
    }
}
