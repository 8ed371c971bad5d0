package io.nsqite.spring.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.autoconfigure.NsqiteWebhookAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteWebhookProperties;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;

/** A webhook that can't work ends the start, which says why and tells no secret. */
class InvalidWebhookTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner()
            .withConfiguration(AutoConfigurations.of(NsqiteWebhookAutoConfiguration.class));

    private final ApplicationContextRunner valid = runner.withPropertyValues(
            "nsqite.webhooks.partner.topic=orders",
            "nsqite.webhooks.partner.url=https://example.org/hook",
            "nsqite.webhooks.partner.secret=s3cret");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    url=ftp://example.org/hook?token=s3cret | is not one of http or https
                    url=file:///s3cret                      | is not one of http or https
                    url=/s3cret                             | is not one of http or https
                    url=http:s3cret                         | is not one of http or https
                    url=http://u:s3cret@example.org/        | with a user or a fragment
                    url=http://example.org:65536/s3cret     | whose port is above 65535
                    url=http://s3 cret                      | has a url that is none
                    topic=a b                               | has no valid topic and channel
                    channel=a/b                             | has no valid topic and channel
                    batch-size=0                            | has the batch-size 0
                    batch-size=1001                         | has the batch-size 1001
                    interval=-1s                            | has the interval PT-1S
                    interval=2h                             | has the interval PT2H
                    timeout=0s                              | has the timeout PT0S
                    timeout=11m                             | has the timeout PT11M
                    max-attempts=-1                         | has the max-attempts -1
                    headers[a b]=s3cret                     | which is no name of one
                    headers[Host]=s3cret                    | which is set by the webhook itself
                    headers[Nsqite-Signature]=s3cret        | which is set by the webhook itself
                    headers[X]=s3crét                       | whose value can't be sent
                    """)
    void aSettingThatCantBeEndsTheStart(String setting, String problem) {
        valid.withPropertyValues("nsqite.webhooks.partner." + setting)
                .run(context -> assertThat(rootCause(context))
                        .isInstanceOfSatisfying(InvalidWebhookException.class, invalid -> {
                            assertThat(invalid.description())
                                    .contains("nsqite.webhooks.partner", problem)
                                    .doesNotContain("s3cr", "s3 cr");
                            assertThat(invalid.webhook()).isEqualTo("partner");
                        }));
    }

    @Test
    void aWebhookWithoutAddressOrTopicEndsTheStart() {
        runner.withPropertyValues("nsqite.webhooks.partner.topic=orders")
                .run(context -> assertThat(rootCause(context)).hasMessageContaining("has no url"));
        runner.withPropertyValues("nsqite.webhooks.partner.url=http://localhost/")
                .run(context -> assertThat(rootCause(context)).hasMessageContaining("has no valid topic"));
    }

    private static Throwable rootCause(AssertableApplicationContext context) {
        assertThat(context).hasFailed();
        return NestedExceptionUtils.getMostSpecificCause(context.getStartupFailure());
    }

    static class Listening {

        @NsqiteListener(topic = "orders", channel = "partner")
        void on(String text) {}
    }

    @Test
    void aChannelOfAListenerOrOfAnotherWebhookIsRefused() {
        valid.withBean(Listening.class)
                .run(context -> assertThat(rootCause(context))
                        .hasMessageContaining(
                                "has the channel orders.partner, and so has another webhook or a listener"));
        valid.withPropertyValues(
                        "nsqite.webhooks.second.topic=orders",
                        "nsqite.webhooks.second.channel=partner",
                        "nsqite.webhooks.second.url=http://localhost/")
                .run(context -> assertThat(rootCause(context))
                        .hasMessageContaining("nsqite.webhooks.second has the channel orders.partner"));
    }

    @Test
    void withoutSpringsClientAWebhookEndsTheStartAndNoneDoesNot() {
        FilteredClassLoader withoutWeb = new FilteredClassLoader("org.springframework.web");
        valid.withClassLoader(withoutWeb)
                .run(context -> assertThat(rootCause(context)).hasMessageContaining("Add spring-boot-starter-webmvc"));
        runner.withClassLoader(withoutWeb).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void secretsAreNotPrinted() {
        WebhookTarget target = WebhookTarget.of(
                "partner", "https://example.org/?t=s3cret", Duration.ofSeconds(1), Map.of("A", "s3cret"), "s3cret");
        assertThat(target.toString()).doesNotContain("s3cret");
        assertThat(new NsqiteWebhookProperties.Definition(
                                "orders",
                                null,
                                "https://s3cret",
                                1,
                                Duration.ZERO,
                                Duration.ZERO,
                                Map.of("A", "s3cret"),
                                null,
                                "s3cret")
                        .toString())
                .doesNotContain("s3cret");
    }
}
