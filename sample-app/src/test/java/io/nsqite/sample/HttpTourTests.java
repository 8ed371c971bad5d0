package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The tour of the HTTP interface, and the faces that have a class of their own, against the started application. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
@Timeout(60)
class HttpTourTests {

    @TempDir
    static Path folder;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @Test
    void theTourMakesEveryRequestAndPrintsTheAnswers() throws Exception {
        Process tour = new ProcessBuilder("bash", "http-tour.sh", "http://127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        String output = new String(tour.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tour.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(tour.exitValue()).as(output).isZero();
        assertThat(output)
                .containsPattern("> POST /nsqite/topics\n")
                .containsPattern("> GET /nsqite/topics\n")
                .containsPattern("> POST /nsqite/topics/[^/]+/subscribers\n")
                .containsPattern("> GET /nsqite/topics/[^/]+/subscribers\n")
                .containsPattern("> DELETE /nsqite/topics/[^/]+/subscribers/mail\n")
                .containsPattern("> POST /nsqite/topics/[^/]+/messages\n")
                .containsPattern("> GET /nsqite/topics/[^/]+/subscribers/mail\\?timeout=5s&max=10\n")
                .containsPattern("> PUT /nsqite/topics/[^/]+/subscribers/mail/messages/[0-9a-f-]+\n")
                .containsPattern("> DELETE /nsqite/topics/[^/]+/subscribers/mail/messages/[0-9a-f-]+\n")
                .containsPattern("> POST /nsqite/topics/[^/]+/subscribers/mail/messages/[0-9a-f-]+/requeue\n")
                .contains("\"attempt\":2", "timeout must be from 0s to 60s", "\"openapi\":\"3.1.0\"");
    }

    @Test
    void whatIsSharedIsPulledByHandAndReadAsALog() throws Exception {
        Curl curl = new Curl(port);
        String digest = "curl -X POST localhost:8080/digest";
        String archive = "curl -X POST localhost:8080/archive";
        assertThat(curl.run(digest).body()).isEqualTo("[]"); // from now on it is asked for
        assertThat(curl.run(archive).body()).startsWith("{\"messages\":[],"); // begins at the end
        assertThat(curl.run("curl -X POST localhost:8080/contents/sunrise/share")
                        .status())
                .isEqualTo(202);
        assertThat(curl.run(digest).body()).contains("sunrise");
        assertThat(curl.run(digest).body()).isEqualTo("[]");
        String archived = curl.run(archive).body();
        assertThat(archived).matches("\\{\"messages\":\\[\\d+],\"offset\":\\d+}");
        assertThat(curl.run(archive).body()).startsWith("{\"messages\":[],");
        assertThat(curl.run(archive + "?again=true").body()).isEqualTo(archived);
    }
}
