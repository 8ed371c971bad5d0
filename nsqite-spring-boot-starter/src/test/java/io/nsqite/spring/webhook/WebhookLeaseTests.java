package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.retry.ExponentialBackoff;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookLeaseTests {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Else messages that wait for their post would come again meanwhile, each time with an attempt less. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1S", "PT1M", "PT1H"})
    void whatIsInHandStaysOverTheLongestPauseAndAPostBehindIt(String interval) {
        WebhookTarget target = new WebhookTarget(URI.create("http://localhost/"), TIMEOUT, Map.of(), null);
        Webhook webhook = new Webhook(
                "crm",
                new ChannelName("orders", "crm"),
                target,
                100,
                Duration.parse(interval),
                5,
                ExponentialBackoff.defaults());
        assertThat(Posting.visibility(webhook))
                .isGreaterThan(webhook.interval().plus(TIMEOUT))
                .isGreaterThan(Pace.LONGEST_PAUSE.plus(TIMEOUT));
    }
}
