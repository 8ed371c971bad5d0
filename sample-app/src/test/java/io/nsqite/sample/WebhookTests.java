package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nsqite.sample.partner.Signatures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** With the profile "webhook" the partner gets what is shared posted. The port must be known before the start, as the webhook's address has it. */
@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT)
@ActiveProfiles("webhook")
@DirtiesContext
@Timeout(60)
class WebhookTests {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SECRET = "only-the-partner-knows";

    @TempDir
    static Path folder;

    @DynamicPropertySource
    static void useTemporaryFolderAndAFreePort(DynamicPropertyRegistry properties) {
        int port = freePort();
        properties.add("sample.folder", folder::toString);
        properties.add("server.port", () -> port);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thePartnerGetsWhatIsSharedPostedAlsoWhenHeWasDownMeanwhile(@LocalServerPort int port) throws Exception {
        Curl curl = new Curl(port);
        curl.run("curl -X POST localhost:8080/contents/sunrise/share");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                curl.look("curl localhost:8080/partner").body())
                        .contains("posted sunrise"));
        curl.run("curl -X POST localhost:8080/partner/down");
        curl.run("curl -X POST localhost:8080/contents/river/share");
        curl.run("curl -X POST localhost:8080/partner/up");
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(
                                curl.look("curl localhost:8080/partner").body())
                        .contains("posted river"));
    }

    @Test
    void whoDoesNotKnowTheSecretOrRepeatsAnOldPostIsNotBelieved(@LocalServerPort int port) throws Exception {
        Curl curl = new Curl(port);
        String forged =
                "{\"topic\":\"shared_contents\",\"messages\":[{\"id\":1,\"message\":{\"contentId\":\"forged\"}}]}";
        String now = Long.toString(Instant.now().getEpochSecond());
        String old = Long.toString(Instant.now().minus(Duration.ofMinutes(6)).getEpochSecond());
        for (String headers : List.of(
                "",
                headers(now, "v1=" + "0".repeat(64)),
                headers(now, Signatures.of("guessed", now, bytes(forged))),
                headers("soon", Signatures.of(SECRET, now, bytes(forged))),
                headers(old, Signatures.of(SECRET, old, bytes(forged))))) {
            assertThat(curl.run("curl -X POST " + headers + "-d '" + forged + "' localhost:8080/partner/webhook")
                            .status())
                    .as(headers)
                    .isEqualTo(401);
        }
        assertThat(curl.look("curl localhost:8080/partner").body()).doesNotContain("forged");
        String genuine = headers(now, Signatures.of(SECRET, now, bytes(forged)));
        assertThat(curl.run("curl -X POST " + genuine + "-d '" + forged + "' localhost:8080/partner/webhook")
                        .status())
                .isEqualTo(204);
    }

    private static String headers(String timestamp, String signature) {
        return "-H 'Nsqite-Timestamp: %s' -H 'Nsqite-Signature: %s' ".formatted(timestamp, signature);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
