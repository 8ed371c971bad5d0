package io.nsqite.spring.webhook;

import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import io.nsqite.spring.autoconfigure.NsqiteWebhookAutoConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Configuration;

/** An application with webhooks in a JVM of its own, which a test can kill. It ends with its input, so none outlives the tests. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NsqiteAutoConfiguration.class,
    NsqiteWebhookAutoConfiguration.class
})
class WebhookProgram {

    static Process start(Path database, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                System.getProperty("java.class.path"),
                WebhookProgram.class.getName(),
                "--spring.datasource.url=jdbc:sqlite:" + database));
        Arrays.stream(properties).map(property -> "--" + property).forEach(command::add);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(database.resolveSibling("program.log").toFile())
                .start();
    }

    public static void main(String[] arguments) throws IOException {
        new SpringApplicationBuilder(WebhookProgram.class)
                .web(WebApplicationType.NONE)
                .run(arguments);
        while (System.in.read() >= 0) {
            continue; // whatever it is told, until the end
        }
        Runtime.getRuntime().halt(1);
    }
}
