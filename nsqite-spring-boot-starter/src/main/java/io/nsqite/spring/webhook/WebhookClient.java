package io.nsqite.spring.webhook;

import java.net.http.HttpClient;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Posts to one target. */
final class WebhookClient {

    private final WebhookTarget target;
    private final RestClient client;
    private final InstantSource clock;

    WebhookClient(WebhookTarget target, InstantSource clock) {
        this.target = target;
        this.clock = clock;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(target.timeout())
                .build());
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
                        : "The target answered %d".formatted(status.value()),
                null);
    }

    private HttpStatusCode send(byte[] json) {
        try {
            return client.post()
                    .uri(target.uri())
                    .headers(headers -> fill(headers, json))
                    .body(json)
                    .exchange((request, response) -> response.getStatusCode());
        } catch (ResourceAccessException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause(); // the outer one tells the address
            throw new PostFailedException("The target did not answer: " + cause, null);
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
