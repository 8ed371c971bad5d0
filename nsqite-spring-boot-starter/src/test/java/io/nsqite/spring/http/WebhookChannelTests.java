package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.autoconfigure.NsqiteWebhookAutoConfiguration;
import io.nsqite.spring.webhook.Webhooks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** The channel of a webhook is its own, whether it runs or not. */
@Timeout(60)
class WebhookChannelTests {

    private static final String PARTNER = "/topics/orders/subscribers/partner";

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(NsqiteWebhookAutoConfiguration.class)
    static class WithWebhooks {}

    @Test
    void clientsCanNotTakeIt() throws Exception {
        try (HttpQueue queue = HttpQueue.start(
                folder.resolve("app.db"),
                List.of(WithWebhooks.class),
                "nsqite.webhooks.partner.topic=orders",
                "nsqite.webhooks.partner.channel=partner",
                "nsqite.webhooks.partner.url=http://127.0.0.1:9/")) {
            queue.bean(Webhooks.class).stop("partner");
            HttpQueue.Answer refused = queue.get(PARTNER + "?timeout=0s");
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.body()).contains("belongs to a webhook of this application");
            assertThat(queue.delete(PARTNER).status()).isEqualTo(409);
            queue.bean(Webhooks.class).start("partner");
            assertThat(queue.bean(Webhooks.class).all())
                    .allSatisfy(webhook -> assertThat(webhook.running()).isTrue());
        }
    }
}
