package io.nsqite.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumers;
import io.nsqite.sample.action.ActionRecorded;
import io.nsqite.sample.action.ActionRequest;
import io.nsqite.sample.action.ActionService;
import io.nsqite.sample.action.ActionType;
import io.nsqite.sample.analytics.ContentStats;
import io.nsqite.sample.analytics.ContentStatsRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What is there after the application was stopped and started again. */
@Timeout(60)
class RestartTests {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void countsAreKeptAndWhatWasNotHandledIsHandledAfterTheRestart() {
        try (var application = start()) {
            record(application, "meadow");
            awaitCounted(application);
            assertThat(application.getBean(Consumers.class).stopAll(LIMIT)).isTrue();
            record(application, "meadow");
        }
        try (var application = start()) {
            awaitCounted(application);
            assertThat(application.getBean(ContentStatsRepository.class).findAll())
                    .containsExactly(new ContentStats("meadow", 2, 0, 0));
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(SampleApplication.class)
                .web(WebApplicationType.NONE)
                .run("--sample.folder=" + folder);
    }

    private static void record(ConfigurableApplicationContext application, String content) {
        application
                .getBean(ActionService.class)
                .record(new ActionRequest("ann", ActionType.VIEW, content, Instant.parse("2026-03-01T12:00:00Z")));
    }

    private static void awaitCounted(ConfigurableApplicationContext application) {
        application.getBean(QueueAdmin.class).awaitDrained(new ChannelName(ActionRecorded.TOPIC, "analytics"), LIMIT);
    }
}
