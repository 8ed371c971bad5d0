package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.admin.ChannelName;
import io.nsqite.message.Message;
import io.nsqite.pull.PulledMessage;
import io.nsqite.pull.Receipt;
import io.nsqite.retry.ExponentialBackoff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the rest of what was received when something goes wrong in between. */
@Timeout(30)
class PostingTests {

    private final AnswersDouble answers = new AnswersDouble();
    private final CountDownLatch stop = new CountDownLatch(1);
    private Target target;
    private WebhookClient client;
    private Posting posting;

    @BeforeEach
    void begin() throws IOException {
        target = Target.start();
        WebhookTarget address = WebhookTarget.of("partner", target.url(), Duration.ofSeconds(10), Map.of(), null);
        ExponentialBackoff backoff = new ExponentialBackoff(Duration.ofMillis(1), 1, Duration.ofMillis(1), 0);
        Webhook webhook =
                new Webhook("partner", new ChannelName("orders", "partner"), address, 10, Duration.ZERO, 3, backoff);
        client = new WebhookClient(address, InstantSource.system());
        posting = new Posting(webhook, client, answers.consumer(), new Pace(Duration.ZERO, backoff, stop));
    }

    @AfterEach
    void end() {
        client.close();
        target.close();
    }

    /** A first attempt of 1 and 2, and later ones of 3 and 4, which are posted each by itself. */
    private static List<PulledMessage> received() {
        return List.of(message(1, 1), message(2, 1), message(3, 2), message(4, 3));
    }

    private static PulledMessage message(long id, int attempt) {
        byte[] payload = Long.toString(id).getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of(Message.CONTENT_TYPE, "application/json");
        Message message = new Message(id, "orders", null, headers, payload, Instant.EPOCH, 4);
        return new PulledMessage(message, Receipt.parse(id + "-" + "a".repeat(32)), attempt, attempt == 3);
    }

    @Test
    void whenAllGoesWellEachIsPostedAndNothingGivenBack() throws Exception {
        assertThat(posting.post(received())).isEqualTo(Posting.End.DONE);
        assertThat(target.messages()).containsExactly(List.of("1", "2"), List.of("3"), List.of("4"));
        assertThat(answers.finished()).containsExactly(1L, 2L, 3L, 4L);
        assertThat(answers.givenBack()).isEmpty();
    }

    @Test
    void whenFinishingFailsWhatIsLeftIsGivenBackAtOnce() {
        answers.failOnFinish(3);
        assertThatThrownBy(() -> posting.post(received())).hasMessage("told to fail");
        assertThat(answers.finished()).containsExactly(1L, 2L);
        assertThat(answers.givenBack()).containsExactly(3L, 4L);
    }

    @Test
    void whenTheTargetWantsNoMoreEverythingElseIsGivenBack() throws Exception {
        target.behave(post -> post.messages().contains("3") ? 410 : 200);
        assertThat(posting.post(received())).isEqualTo(Posting.End.GONE);
        assertThat(answers.givenBack()).containsExactly(3L, 4L);
        assertThat(answers.requeued()).isEmpty();
    }

    @Test
    void whenItIsToStopWhatWasNotPostedIsGivenBack() throws Exception {
        target.behave(post -> {
            stop.countDown();
            return 200;
        });
        assertThat(posting.post(received())).isEqualTo(Posting.End.DONE);
        assertThat(answers.finished()).containsExactly(1L, 2L);
        assertThat(answers.givenBack()).containsExactly(3L, 4L);
    }

    @Test
    void anInterruptEndsThePostAndIsNoFailureOfItsMessages() {
        CountDownLatch never = new CountDownLatch(1);
        Thread posts = Thread.currentThread();
        target.behave(post -> {
            posts.interrupt();
            return Target.after(never, 200).status(post);
        });
        assertThatThrownBy(() -> posting.post(received())).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).as("so that nothing else waits either").isTrue();
        assertThat(answers.requeued()).isEmpty();
        assertThat(answers.givenBack()).containsExactly(1L, 2L, 3L, 4L);
        never.countDown();
    }
}
