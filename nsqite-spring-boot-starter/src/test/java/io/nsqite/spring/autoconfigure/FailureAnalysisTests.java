package io.nsqite.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.sqlite.JDBC;

/** What a developer reads when the application does not start. */
@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

    @Test
    void aBadListenerIsExplained(CapturedOutput output) {
        failToStart(QueueDoubleConfiguration.class, Returning.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("Returning.on(String)")
                .contains("returns int.")
                .contains("Return void");
    }

    @Test
    void propertiesOfAnUnknownListenerAreExplained(CapturedOutput output) {
        failToStart("nsqite.listeners[orders.mail].concurrency=2", QueueDoubleConfiguration.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("[orders.mail]")
                .contains("with a dot it goes into brackets");
    }

    @Test
    void aMissingDataSourceIsExplained(CapturedOutput output) {
        failToStart();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("there is no DataSource")
                .contains("spring.datasource.url=jdbc:sqlite:<file>");
    }

    @Test
    void aPayloadSizeThatCantBeIsExplained(CapturedOutput output) {
        failToStart("nsqite.max-payload-size=2GB", UntouchedDatabase.class);
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("nsqite.max-payload-size")
                .contains("It must be from 1 byte to 2147483647 bytes, just below 2 GB.");
    }

    private static void failToStart(Class<?>... sources) {
        failToStart("spring.main.banner-mode=off", sources);
    }

    private static void failToStart(String property, Class<?>... sources) {
        try (var context = new SpringApplicationBuilder(sources)
                .sources(Starter.class)
                .web(WebApplicationType.NONE)
                .run("--" + property)) {
            throw new AssertionError("started: " + context);
        } catch (RuntimeException expected) {
            assertThat(expected).isNotNull();
        }
    }

    @ImportAutoConfiguration(NsqiteAutoConfiguration.class)
    static class Starter {}

    static class Returning {

        @NsqiteListener(topic = "orders", channel = "mail")
        int on(String payload) {
            return 1;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class UntouchedDatabase {

        @Bean
        DataSource dataSource() {
            return new SimpleDriverDataSource(new JDBC(), "jdbc:sqlite:missing/folder/app.db");
        }
    }
}
