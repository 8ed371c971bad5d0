package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.sample.Curl.Answer;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The incident of {@code docs/incident.md}, command by command. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext
@Timeout(60)
class IncidentTests {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String JSON = " -H 'Content-Type: application/json' -d ";
    private static final String PARTNER = "curl localhost:8080/partner";
    private static final String HEALTH = "curl localhost:8080/actuator/health/nsqite";
    private static final String CHANNEL = "localhost:8080/actuator/nsqite/channels/shared_contents/partner";

    private static final String OF_CHANNEL = "?tag=topic:shared_contents&tag=channel:partner'";
    private static final String DIED = "curl 'localhost:8080/actuator/metrics/nsqite.messages.dead" + OF_CHANNEL;
    private static final String SUCCEEDED =
            "curl 'localhost:8080/actuator/metrics/nsqite.messages.succeeded" + OF_CHANNEL;
    private static final String DEAD_LETTERS =
            "curl 'localhost:8080/actuator/metrics/nsqite.channel.dead.letters" + OF_CHANNEL;

    @TempDir
    static Path folder;

    private Curl curl;

    @DynamicPropertySource
    static void useTemporaryFolder(DynamicPropertyRegistry properties) {
        properties.add("sample.folder", folder::toString);
    }

    @Test
    void aPartnerIsDownTheOperatorSeesItRepairsAndReplaysAndTheCountsAddUp(@LocalServerPort int port) throws Exception {
        curl = new Curl(port);
        allIsWell();
        thePartnerGoesDown();
        theOperatorSeesIt();
        pausedUntilItIsRepaired();
        thePartnerIsBack();
        everythingAddsUp();
        assertThat(curl.commands()).isEqualTo(Curl.commandsOf("incident.md"));
    }

    private void allIsWell() throws Exception {
        ok("curl -X POST localhost:8080/contents/sunrise/share").contains("messageId");
        untilAnswered(PARTNER, "\"contents\":[\"sunrise\"]");
        ok(HEALTH).contains("\"status\":\"UP\"").doesNotContain("warnings");
    }

    private void thePartnerGoesDown() throws Exception {
        ok("curl -X POST localhost:8080/partner/down").contains("\"up\":false");
        for (String content : new String[] {"river", "storm", "meadow"}) {
            ok("curl -X POST localhost:8080/contents/" + content + "/share").contains("messageId");
        }
    }

    private void theOperatorSeesIt() throws Exception {
        untilAnswered(HEALTH, "it has 3 dead letters, more than 0").contains("\"status\":\"UP\"");
        untilAnswered(DIED, "\"value\":3.0");
        ok("curl " + CHANNEL).contains("\"dead\":3", "\"lag\":0", "\"ownerId\"", "\"state\":\"ACTIVE\"");
        ok("curl 'localhost:8080/actuator/nsqite/dead-letters?topic=shared_contents&channel=partner&limit=2'")
                .contains(
                        "PartnerDownException: The partner did not answer; content 'river'",
                        "\"attempts\":3",
                        "\"next\":")
                .doesNotContain("meadow");
    }

    private void pausedUntilItIsRepaired() throws Exception {
        ok("curl -X POST " + CHANNEL + JSON + "'{\"action\":\"pause\"}'").isEqualTo("{\"action\":\"pause\"}");
        ok("curl -X POST localhost:8080/contents/desert/share").contains("messageId");
        ok("curl " + CHANNEL).contains("\"lag\":1", "\"dead\":3", "\"paused\":true", "\"oldestWaitingAge\":\"PT");
    }

    private void thePartnerIsBack() throws Exception {
        ok("curl -X POST localhost:8080/partner/up").contains("\"up\":true");
        ok("curl -X POST " + CHANNEL + JSON + "'{\"action\":\"resume\"}'").isEqualTo("{\"action\":\"resume\"}");
        ok("curl -X POST localhost:8080/actuator/nsqite/dead-letters" + JSON
                        + "'{\"action\":\"replay\",\"topic\":\"shared_contents\",\"error\":\"PartnerDownException\"}'")
                .isEqualTo("{\"action\":\"replay\",\"messages\":3}");
    }

    private void everythingAddsUp() throws Exception {
        Awaitility.await().atMost(LIMIT).until(() -> contents(curl.look(PARTNER)) == 5);
        ok(PARTNER).contains("sunrise", "river", "storm", "meadow", "desert");
        untilAnswered("curl " + CHANNEL, "\"lag\":0").contains("\"dead\":0", "\"paused\":false");
        ok(HEALTH).contains("\"status\":\"UP\"").doesNotContain("warnings");
        untilAnswered(SUCCEEDED, "\"value\":5.0");
        untilAnswered(DEAD_LETTERS, "\"value\":0.0");
    }

    private static long contents(Answer partner) {
        String list = partner.body().replaceFirst(".*\\[(.*)].*", "$1");
        return list.split(",").length;
    }

    private AbstractStringAssert<?> ok(String command) throws Exception {
        Answer answer = curl.run(command);
        assertThat(answer.status()).as("%s: %s", command, answer.body()).isBetween(200, 299);
        return assertThat(answer.body());
    }

    /** Somebody repeats the command until he sees it. */
    private AbstractStringAssert<?> untilAnswered(String command, String text) throws Exception {
        Awaitility.await().atMost(LIMIT).until(() -> curl.look(command).body().contains(text));
        return ok(command).contains(text);
    }
}
