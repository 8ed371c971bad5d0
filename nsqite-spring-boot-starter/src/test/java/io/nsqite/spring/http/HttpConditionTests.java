package io.nsqite.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteHttpAutoConfiguration;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import io.nsqite.spring.remote.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.servlet.function.RouterFunction;

/** When there is an interface, and what the start says of it. */
@ExtendWith(OutputCaptureExtension.class)
class HttpConditionTests {

    private static final String WARNING = "Everybody who reaches this server can publish to the queue";

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withUserConfiguration(QueueDoubleConfiguration.class)
            .withConfiguration(AutoConfigurations.of(
                    NsqiteAutoConfiguration.class, JacksonAutoConfiguration.class, NsqiteHttpAutoConfiguration.class));

    private WebApplicationContextRunner enabled() {
        return web.withPropertyValues("nsqite.http.enabled=true");
    }

    @Test
    void itIsOffUnlessSwitchedOn() {
        web.run(context -> assertThat(context).doesNotHaveBean(RouterFunction.class));
        enabled().run(context -> assertThat(context).hasSingleBean(RouterFunction.class));
    }

    @Test
    void itIsOnlyInWebApplications() {
        new ApplicationContextRunner()
                .withUserConfiguration(QueueDoubleConfiguration.class)
                .withConfiguration(AutoConfigurations.of(
                        NsqiteAutoConfiguration.class,
                        JacksonAutoConfiguration.class,
                        NsqiteHttpAutoConfiguration.class))
                .withPropertyValues("nsqite.http.enabled=true")
                .run(context -> assertThat(context).doesNotHaveBean(HttpInterface.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.springframework.web.servlet", "tools.jackson"})
    void itIsOffWithoutWhatItNeeds(String packages) {
        enabled()
                .withClassLoader(new FilteredClassLoader(packages))
                .run(context -> assertThat(context).doesNotHaveBean(HttpChannels.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nsqite.http.base-path=nsqite",
                "nsqite.http.base-path=/",
                "nsqite.http.base-path=/a/",
                "nsqite.http.base-path=/{x}",
                "nsqite.http.max-body-size=0B",
                "nsqite.http.max-body-size=2GB",
                "nsqite.http.idle-timeout=999ms",
                "nsqite.http.idle-timeout=366d",
                "nsqite.http.subscriber.max-attempts=-1",
                "nsqite.http.subscriber.visibility-duration=1ms"
            })
    void aBadSettingEndsTheStart(String property) {
        enabled()
                .withPropertyValues(property)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void theStartWarnsIfEverybodyMayUseIt(CapturedOutput output) {
        enabled().run(context -> assertThat(output).contains(WARNING).contains("below /nsqite"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
    void theStartDoesNotWarnOnLoopback(String address, CapturedOutput output) {
        enabled()
                .withPropertyValues("server.address=" + address)
                .run(context -> assertThat(output).doesNotContain(WARNING));
    }

    @Test
    void theStartDoesNotWarnWhereSpringSecurityHasRules(CapturedOutput output) {
        enabled()
                .withBean("springSecurityFilterChain", Object.class, Object::new)
                .run(context -> assertThat(output).doesNotContain(WARNING));
    }

    @Test
    void theDefaultsOfThePropertiesAreThoseOfTheLibrary() {
        enabled().run(context -> {
            SubscriberOptions defaults =
                    context.getBean(HttpChannels.class).subscribers().defaults();
            assertThat(new String(Json.write(defaults), StandardCharsets.UTF_8))
                    .isEqualTo("{\"max_attempts\":10,\"visibility_duration\":\"PT1M\"}");
        });
    }
}
