package io.nsqite.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.maintenance.RetentionOptions;
import io.nsqite.schema.SchemaMode;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import io.nsqite.sqlite.SqliteDataSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NsqitePropertiesTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner();

    @Test
    void theDefaultsAreThoseOfTheLibrary() {
        NsqiteProperties properties = bind(Map.of());
        assertThat(properties.enabled()).isTrue();
        assertThat(properties.datasource().repair()).isTrue();
        assertThat(properties.exceptionTranslation()).isTrue();
        assertThat(properties.toOptions()).isEqualTo(NsqiteOptions.defaults());
        assertThat(properties.schema())
                .isEqualTo(new NsqiteProperties.Schema(SchemaMode.ALWAYS, TablePrefix.DEFAULT.text()));
        NsqiteProperties.Listener listener = properties.listener();
        ConsumerOptions options = ConsumerOptions.defaults();
        assertThat(listener.autoStartup()).isTrue();
        assertThat(listener.concurrency()).isEqualTo(options.concurrency());
        assertThat(listener.maxAttempts()).isEqualTo(options.maxAttempts());
        assertThat(listener.ackLease()).isEqualTo(options.ackLease());
        assertThat(listener.holdKeyBehindDeadLetter()).isFalse();
        assertThat(listener.retryFor()).isEmpty();
        assertThat(listener.noRetryFor()).isEmpty();
        assertThat(listener.backoff())
                .isEqualTo(new NsqiteProperties.Backoff(
                        options.backoff().delay(),
                        options.backoff().multiplier(),
                        options.backoff().maxDelay(),
                        options.backoff().jitter()));
    }

    @Test
    void everySettingReachesTheLibrary() {
        NsqiteProperties properties = bind(Map.of(
                "nsqite.max-payload-size", "2KB",
                "nsqite.lease", "3s",
                "nsqite.poll.shared-interval", "5ms",
                "nsqite.poll.idle-interval", "6ms",
                "nsqite.listener.shutdown-timeout", "7s",
                "nsqite.retention.consumed", "8s",
                "nsqite.retention.unheard", "9s"));
        assertThat(properties.toOptions())
                .isEqualTo(new NsqiteOptions(
                        2048,
                        Duration.ofSeconds(3),
                        Duration.ofMillis(5),
                        Duration.ofMillis(6),
                        Duration.ofSeconds(7),
                        new RetentionOptions(Duration.ofSeconds(8), Duration.ofSeconds(9))));
    }

    /** Which there are stands in the configuration reference, which has a test of its own. */
    @Test
    void everyPropertyInTheMetadataHasADescription() {
        JsonNode properties = metadata().get("properties");
        assertThat(properties).isNotEmpty();
        assertThat(properties)
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.path("name").asString())
                        .isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2GB", "5GB", "0", "-1"})
    void aPayloadSizeThatCantBeIsRefusedWithItsRange(String size) {
        NsqiteProperties properties = bind(Map.of("nsqite.max-payload-size", size));
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(properties::toOptions)
                .withMessageContaining("nsqite.max-payload-size")
                .withMessageContaining(String.valueOf(DataSize.parse(size).toBytes()))
                .withMessageContaining("from 1 byte to 2147483647 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my-queue_", "sqlite_", ""})
    void aTablePrefixThatNamesCantBeginWithIsRefusedWithItsRule(String prefix) {
        NsqiteProperties.Schema schema =
                bind(Map.of("nsqite.schema.table-prefix", prefix)).schema();
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> schema.applyTo(Nsqite.builder(SqliteDataSource.forUrl("jdbc:sqlite:unused.db"))))
                .withMessageContaining("nsqite.schema.table-prefix")
                .withMessageContaining("'" + prefix + "'")
                .withMessageContaining("like jobs_");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE})
    void theLimitsOfThePayloadSizeAreAllowed(int bytes) {
        assertThat(bind(Map.of("nsqite.max-payload-size", bytes + "B"))
                        .toOptions()
                        .maxPayloadSize())
                .isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"consumed,-1s,zero or more", "unheard,0s,more than zero"})
    void aRetentionThatCantBeIsRefusedWithNameRuleAndValue(String name, String value, String rule) {
        NsqiteProperties properties = bind(Map.of("nsqite.retention." + name, value));
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(properties::toOptions)
                .withMessageContaining("nsqite.retention." + name)
                .withMessageContaining(rule)
                .withMessageContaining("PT" + value.toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "nsqite.lease,200000d,lease must be 1 s to 365 days but was PT4800000H",
        "nsqite.lease,999ms,lease must be 1 s to 365 days but was PT0.999S",
        "nsqite.poll.idle-interval,200000d,idlePollInterval must be 1 ms to 365 days but was PT4800000H",
        "nsqite.poll.shared-interval,0ms,sharedPollInterval must be 1 ms to 365 days but was PT0S",
        "nsqite.listener.shutdown-timeout,-1s,stopTimeout must be zero or more but was PT-1S",
        "nsqite.retention.consumed,-1s,retention.consumed must be zero or more but was PT-1S"
    })
    void aDurationOutOfRangeIsRefusedWithNameRuleAndValue(String property, String value, String message) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(bind(Map.of(property, value))::toOptions)
                .withMessageContaining(property)
                .withMessageContaining(message);
    }

    @Test
    void aMalformedValueEndsTheStart() {
        runner.withPropertyValues("nsqite.lease=long")
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining("nsqite.lease"));
    }

    private static NsqiteProperties bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values)).bindOrCreate("nsqite", NsqiteProperties.class);
    }

    /** Of the library itself: the tests have properties and metadata of their own. */
    private static JsonNode metadata() {
        Path classes = Path.of(URI.create(NsqiteProperties.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        return new JsonMapper().readTree(classes.resolve("META-INF/spring-configuration-metadata.json"));
    }
}
