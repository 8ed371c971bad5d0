package io.nsqite.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteEndpointAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteHealthAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteHealthProperties;
import io.nsqite.spring.doubles.NoListeners;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.support.ResourcePropertySource;

/** When there is an endpoint, and a health. */
class ActuatorAutoConfigurationTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner()
            .withConfiguration(
                    AutoConfigurations.of(NsqiteEndpointAutoConfiguration.class, NsqiteHealthAutoConfiguration.class));

    private ApplicationContextRunner with(String file) {
        return runner.withInitializer(context ->
                context.getEnvironment().getPropertySources().addFirst(properties("classpath:actuator/" + file)));
    }

    private static PropertySource<?> properties(String location) {
        try {
            return new ResourcePropertySource(location);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theEndpointIsThereWhereItIsExposed() {
        runner.run(context -> assertThat(context)
                .doesNotHaveBean(NsqiteEndpoint.class)
                .doesNotHaveBean(DeliveryRates.class)
                .hasSingleBean(NsqiteHealthIndicator.class));
        with("exposed.properties")
                .run(context -> assertThat(context)
                        .hasSingleBean(NsqiteEndpoint.class)
                        .as("it would be told everything twice")
                        .doesNotHaveBean(ChannelListener.class));
        with("exposed.properties")
                .withPropertyValues("management.endpoint.nsqite.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(NsqiteEndpoint.class));
    }

    @Test
    void anEndpointOfTheUserWins() {
        NsqiteEndpoint own = new NsqiteEndpoint(
                new QueueDouble(),
                null,
                new NoListeners(),
                new DeliveryRates(),
                new PayloadRules(Show.NEVER, Set.of()));
        with("exposed.properties")
                .withBean(NsqiteEndpoint.class, () -> own)
                .run(context ->
                        assertThat(context.getBean(NsqiteEndpoint.class)).isSameAs(own));
    }

    @Test
    void theHealthCanBeTurnedOff() {
        runner.withPropertyValues("management.health.nsqite.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(NsqiteHealthIndicator.class));
    }

    @Test
    void theLimitsOfTheHealthAreProperties() {
        with("health.properties").run(context -> {
            NsqiteHealthProperties properties = context.getBean(NsqiteHealthProperties.class);
            assertThat(properties.maxLag()).isEqualTo(10_000);
            assertThat(properties.maxAge()).isEqualTo(Duration.ofMinutes(5));
            assertThat(properties.maxDeadLetters()).isEqualTo(100);
            assertThat(properties.channels()).isEqualTo(Map.of("orders.mail", new HealthLimits(500L, null, null)));
        });
    }

    @Test
    void withoutAQueueThereIsNeither() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        NsqiteAutoConfiguration.class,
                        NsqiteEndpointAutoConfiguration.class,
                        NsqiteHealthAutoConfiguration.class))
                .withPropertyValues("nsqite.enabled=false", "management.endpoints.web.exposure.include=*")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Nsqite.class)
                        .doesNotHaveBean(NsqiteEndpoint.class)
                        .doesNotHaveBean(NsqiteHealthIndicator.class));
    }

    @Test
    void actuatorMayBeAbsent() {
        with("exposed.properties")
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Nsqite.class)
                        .doesNotHaveBean(NsqiteEndpointAutoConfiguration.class)
                        .hasSingleBean(NsqiteHealthIndicator.class));
        with("exposed.properties")
                .withClassLoader(
                        new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.boot.health"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Nsqite.class)
                        .doesNotHaveBean(NsqiteHealthAutoConfiguration.class));
        runner.withClassLoader(new FilteredClassLoader(Health.class))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(NsqiteHealthAutoConfiguration.class));
    }
}
