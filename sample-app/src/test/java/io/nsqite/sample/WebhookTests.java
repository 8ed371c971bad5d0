package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
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
}
