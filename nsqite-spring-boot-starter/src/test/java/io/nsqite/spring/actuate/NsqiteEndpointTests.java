package io.nsqite.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.nsqite.Nsqite;
import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.NewMessage;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.actuate.DeadLettersDescriptor.DeadLetterDescriptor;
import io.nsqite.spring.doubles.NoListeners;
import io.nsqite.sqlite.SqliteDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ObjectAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/** What the endpoint answers; that it does so through HTTP is tested in the sample application. */
@Timeout(30)
class NsqiteEndpointTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final ChannelName MAIL = new ChannelName("orders", "mail");
    private static final NsqiteListenerRegistry LISTENERS = new NoListeners();

    @TempDir
    Path folder;

    private Nsqite nsqite;
    private NsqiteEndpoint endpoint;

    @BeforeEach
    void open() {
        nsqite = Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:" + folder.resolve("app.db")))
                .build();
        endpoint = endpoint(Show.NEVER);
    }

    @AfterEach
    void close() {
        nsqite.close();
    }

    private NsqiteEndpoint endpoint(Show show) {
        return new NsqiteEndpoint(
                nsqite, null, LISTENERS, new DeliveryRates(), new PayloadRules(show, Set.of("OPERATOR")));
    }

    /** A caller with a role, or one that nobody knows. */
    private record Caller(@Nullable String role) implements SecurityContext {

        @Override
        public @Nullable Principal getPrincipal() {
            return role == null ? null : () -> "ann";
        }

        @Override
        public boolean isUserInRole(String asked) {
            return asked.equals(role);
        }
    }

    private WebEndpointResponse<OperationResponseBody> get(NsqiteEndpoint asked, SecurityContext caller, String path) {
        return asked.read(caller, path.split("/"), null, null, null, null, null, null, null);
    }

    private WebEndpointResponse<OperationResponseBody> get(String path) {
        return get(endpoint, SecurityContext.NONE, path);
    }

    private WebEndpointResponse<OperationResponseBody> post(String path, @Nullable String action) {
        return endpoint.write(path.split("/"), action, null, null, null, null, null, null, null, null);
    }

    private static void assertRefused(WebEndpointResponse<OperationResponseBody> response, int status, String reason) {
        assertThat(response.getStatus()).isEqualTo(status);
        body(response, ErrorDescriptor.class).satisfies(error -> {
            assertThat(error.status()).isEqualTo(status);
            assertThat(error.message()).contains(reason);
        });
    }

    private static <T> ObjectAssert<T> body(WebEndpointResponse<OperationResponseBody> response, Class<T> type) {
        return assertThat(response.getBody()).asInstanceOf(type(type));
    }

    private void giveUp(String... payloads) {
        Consumer consumer = nsqite.consume(
                "orders",
                "mail",
                ConsumerOptions.defaults(),
                delivery -> delivery.reject(new IllegalStateException("no mail today")));
        for (String payload : payloads) {
            nsqite.producer().publish(NewMessage.to("orders", payload).withHeader("tenant", "a"));
        }
        nsqite.admin().awaitDrained(MAIL, LIMIT);
        consumer.stop(LIMIT);
    }

    // ---- what is shown ----

    @ParameterizedTest
    @CsvSource({
        "NEVER, OPERATOR, false",
        "ALWAYS, , true",
        "WHEN_AUTHORIZED, OPERATOR, true",
        "WHEN_AUTHORIZED, GUEST, false",
        "WHEN_AUTHORIZED, , false"
    })
    void payloadsAndHeadersAreShownToThoseWhoMaySeeThem(Show show, @Nullable String role, boolean shown) {
        giveUp("secret");
        NsqiteEndpoint asked = endpoint(show);
        MessageDescriptor ofLetter = ((DeadLettersDescriptor) bodyOf(get(asked, new Caller(role), "dead-letters")))
                .deadLetters()
                .get(0)
                .message();
        MessageDescriptor ofHistory =
                ((MessageHistoryDescriptor) bodyOf(get(asked, new Caller(role), "messages/1"))).message();
        assertThat(ofLetter).isEqualTo(ofHistory);
        assertThat(ofLetter.payload()).isEqualTo(shown ? "secret" : null);
        assertThat(ofLetter.headers() != null).isEqualTo(shown);
        assertThat(ofLetter.payloadSize()).isEqualTo(6);
    }

    private static Object bodyOf(WebEndpointResponse<OperationResponseBody> response) {
        OperationResponseBody body = response.getBody();
        assertThat(body).isNotNull();
        return body == null ? "" : body;
    }

    @Test
    void aPayloadThatIsNoTextIsShownInBase64() {
        giveUp();
        byte[] bytes = {(byte) 0xff, 0};
        nsqite.producer().publish("orders", bytes);
        body(get(endpoint(Show.ALWAYS), SecurityContext.NONE, "messages/1"), MessageHistoryDescriptor.class)
                .satisfies(history -> assertThat(history.message().payload()).isEqualTo("/wA="));
    }

    @Test
    void aTopicThatNobodyListensToIsShownWithoutChannels() {
        nsqite.producer().publish("unheard", "x");
        body(endpoint.queue(), QueueDescriptor.class).satisfies(queue -> {
            assertThat(queue.healthy()).isTrue();
            assertThat(queue.topics()).containsOnlyKeys("unheard");
            assertThat(queue.topics().get("unheard").channels()).isEmpty();
            assertThat(queue.processes()).hasSize(1);
        });
    }

    @Test
    void aChannelThatNobodyServesHasNoOwnerAndShowsItsConsumerStopped() {
        giveUp();
        nsqite.producer().publish("orders", "x".getBytes(StandardCharsets.UTF_8));
        body(get("channels/orders/mail"), ChannelDescriptor.class).satisfies(channel -> {
            assertThat(channel.lag()).isEqualTo(1);
            assertThat(channel.ownerId()).isNull();
            assertThat(channel.inFlight()).isNull();
            assertThat(channel.oldestWaitingAge()).isGreaterThanOrEqualTo(Duration.ZERO);
            assertThat(channel.consumer()).isNotNull().satisfies(consumer -> {
                assertThat(consumer.state()).isEqualTo(Consumer.State.STOPPED);
                assertThat(consumer.listener())
                        .as("it was not registered as a listener")
                        .isNull();
            });
        });
    }

    @Test
    void deadLettersComePageByPage() {
        giveUp("a", "b", "c");
        String after = null;
        StringBuilder seen = new StringBuilder();
        do {
            DeadLettersDescriptor page = (DeadLettersDescriptor) bodyOf(endpoint.read(
                    SecurityContext.NONE,
                    new String[] {"dead-letters"},
                    null,
                    null,
                    "NO MAIL",
                    null,
                    null,
                    after,
                    "2"));
            page.deadLetters().forEach(letter -> seen.append(letter.message().id()));
            after = page.next();
        } while (after != null);
        assertThat(seen).hasToString("123");
    }

    // ---- what is refused ----

    @Test
    void allAreReplayedOnlyIfThatIsSaid() {
        giveUp("a", "b");
        assertRefused(post("dead-letters", "replay"), 400, "'replay-all' without any");
        assertRefused(
                endpoint.write(
                        new String[] {"dead-letters"},
                        "replay-all",
                        null,
                        null,
                        "orders",
                        null,
                        null,
                        null,
                        null,
                        null),
                400,
                "with some");
        body(get("dead-letters"), DeadLettersDescriptor.class)
                .extracting(DeadLettersDescriptor::deadLetters)
                .satisfies(letters -> assertThat(letters).hasSize(2));
        body(post("dead-letters", "replay-all"), ActionDescriptor.class)
                .isEqualTo(ActionDescriptor.of("replay-all", 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "channels/orders/mail | | The parameter 'action' is missing",
                "channels/orders/mail | stop | must be pause, resume, rewind or purge for a channel but was 'stop'",
                "channels/orders/mail | rewind | needs either 'messageId'",
                "channels/or ders/mail | pause | or ders",
                "dead-letters/orders/mail/1 | purge | must be 'replay'",
                "dead-letters/orders/mail | replay | or 'replay-all' without any; it was 'replay' without",
                "dead-letters/orders/mail/1x | replay | 'id' must be the id of a message, a number, but was '1x'"
            })
    void whatCantBeReadIsRefusedWithTheReason(String path, @Nullable String action, String reason) {
        giveUp();
        assertRefused(post(path, action), 400, reason);
    }

    @ParameterizedTest
    @CsvSource({
        "failedFrom, yesterday, 'must be a time like'",
        "failedBefore, 1, 'must be a time like'",
        "after, 42, 'reads like 42.mail'",
        "limit, many, 'must be a number'",
        "limit, 0, 'must be 1 to 1000'",
        "limit, 1001, 'must be 1 to 1000'",
        "topic, 'a b', 'a b'"
    })
    void aFilterThatCantBeReadIsRefusedWithTheReason(String name, String value, String reason) {
        assertRefused(
                endpoint.read(
                        SecurityContext.NONE,
                        new String[] {"dead-letters"},
                        name.equals("topic") ? value : null,
                        null,
                        null,
                        name.equals("failedFrom") ? value : null,
                        name.equals("failedBefore") ? value : null,
                        name.equals("after") ? value : null,
                        name.equals("limit") ? value : null),
                400,
                reason);
    }

    @Test
    void whatThereIsNotIsNotFound() {
        giveUp("a");
        assertRefused(get("channels/orders/mial"), 404, "there are [orders.mail]");
        assertRefused(post("channels/orders/mial", "pause"), 404, "there are [orders.mail]");
        assertRefused(endpoint.delete(new String[] {"channels", "orders", "mial"}), 404, "there are [orders.mail]");
        assertRefused(post("dead-letters/orders/mial", "replay-all"), 404, "there are [orders.mail]");
        assertRefused(post("dead-letters/orders/mail/7", "replay"), 404, "no dead letter");
        assertRefused(endpoint.delete(new String[] {"dead-letters", "orders", "mail", "7"}), 404, "no dead letter");
        assertRefused(get("messages/7"), 404, "There is no message 7");
        assertRefused(endpoint.delete(new String[] {"messages", "7"}), 404, "There is no message 7");
        assertRefused(get("letters"), 404, "There is nothing for GET at 'letters'");
        assertRefused(post("messages/1", "replay"), 404, "There is nothing for POST");
        assertRefused(endpoint.delete(new String[] {"channels"}), 404, "There is nothing for DELETE");
    }

    @Test
    void whatWasReceivedCantBeCancelled() {
        giveUp("a");
        assertRefused(endpoint.delete(new String[] {"messages", "1"}), 409, "can't be cancelled any more");
    }

    @Test
    void aQueueThatDoesNotWorkIsUnavailable() {
        giveUp("a");
        nsqite.close();
        assertRefused(get("channels/orders/mail"), 503, "closed");
    }

    @Test
    void aDeadLetterTellsWhy() {
        giveUp("a");
        body(get("dead-letters"), DeadLettersDescriptor.class).satisfies(page -> {
            DeadLetterDescriptor letter = page.deadLetters().get(0);
            assertThat(letter.error()).contains("IllegalStateException", "no mail today");
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(page.next()).isNull();
        });
    }

    @Test
    void aPageEndsBeforeTheShownPayloadsAreTooLarge() {
        giveUp(Collections.nCopies(12, "x".repeat(900_000)).toArray(String[]::new));
        DeadLettersDescriptor first =
                (DeadLettersDescriptor) bodyOf(get(endpoint(Show.ALWAYS), SecurityContext.NONE, "dead-letters"));
        assertThat(first.deadLetters()).as("8.1 MB").hasSize(9);
        assertThat(first.next()).isEqualTo("9.mail");
        DeadLettersDescriptor hidden = (DeadLettersDescriptor) bodyOf(get("dead-letters"));
        assertThat(hidden.deadLetters()).hasSize(12);
        assertThat(hidden.next()).isNull();
    }

    @Test
    void aPageOfManyIsWhole() {
        giveUp(IntStream.range(0, 130).mapToObj(Integer::toString).toArray(String[]::new));
        body(get("dead-letters"), DeadLettersDescriptor.class).satisfies(page -> {
            assertThat(page.deadLetters()).hasSize(100);
            assertThat(page.next()).isEqualTo("100.mail");
        });
        body(
                        endpoint.read(
                                SecurityContext.NONE,
                                new String[] {"dead-letters"},
                                null,
                                null,
                                null,
                                null,
                                null,
                                "100.mail",
                                null),
                        DeadLettersDescriptor.class)
                .satisfies(page -> {
                    assertThat(page.deadLetters())
                            .extracting(letter -> letter.message().id())
                            .containsExactlyElementsOf(
                                    LongStream.rangeClosed(101, 130).boxed().toList());
                    assertThat(page.next()).isNull();
                });
    }
}
