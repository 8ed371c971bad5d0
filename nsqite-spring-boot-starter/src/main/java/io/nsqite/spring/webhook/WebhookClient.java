package io.nsqite.spring.webhook;

import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Posts to one target. What goes wrong is told without what its exceptions say, as that may name the address, or be the target's own words. */
final class WebhookClient implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WebhookClient.class);

    private final WebhookTarget target;
    private final HttpClient connections;
    private final RestClient client;
    private final InstantSource clock;

    WebhookClient(WebhookTarget target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
        connections = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1) // else each new connection asks for another protocol
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(target.timeout())
                .build();
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(connections);
        requests.setReadTimeout(target.timeout());
        client = RestClient.builder().requestFactory(requests).build();
    }

    /** What a target says to a post that did not fail. */
    enum Answer {
        /** The messages are its own now. */
        TAKEN,
        /** It wants no more, ever. */
        GONE
    }

    /** @throws PostFailedException if it says anything else, or nothing in time */
    Answer post(byte[] json) {
        HttpStatusCode status = send(json);
        if (status.is2xxSuccessful()) {
            return Answer.TAKEN;
        }
        if (status.isSameCodeAs(HttpStatus.GONE)) {
            return Answer.GONE;
        }
        throw new PostFailedException(
                status.is3xxRedirection()
                        ? "The target answered %d, and redirects are not followed".formatted(status.value())
                        : "The target answered %d".formatted(status.value()));
    }

    private HttpStatusCode send(byte[] json) {
        try {
            return client.post()
                    .uri(target.uri())
                    .headers(headers -> fill(headers, json))
                    .body(json)
                    .exchange((request, response) -> response.getStatusCode());
        } catch (ResourceAccessException e) {
            throw notAnswered(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            throw notAnswered(e);
        }
    }

    private PostFailedException notAnswered(Throwable cause) {
        String reason = cause instanceof HttpTimeoutException
                ? "within " + target.timeout().toMillis() + " ms"
                : "(" + cause.getClass().getSimpleName() + ")";
        return new PostFailedException("The target did not answer " + reason);
    }

    /** Ends its threads where the JDK can; where it can't they end when nobody has this client any more. */
    @Override
    public void close() {
        if (connections instanceof AutoCloseable closeable) {
            close(closeable);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            log.debug("Closing the client of a webhook failed", e);
        }
    }

    private void fill(HttpHeaders headers, byte[] json) {
        target.headers().forEach(headers::set);
        headers.setContentType(MediaType.APPLICATION_JSON);
        String secret = target.secret();
        if (secret != null) {
            String timestamp = Long.toString(clock.instant().getEpochSecond());
            headers.set(Signature.TIMESTAMP_HEADER, timestamp);
            headers.set(Signature.SIGNATURE_HEADER, Signature.of(secret, timestamp, json));
        }
    }
}
