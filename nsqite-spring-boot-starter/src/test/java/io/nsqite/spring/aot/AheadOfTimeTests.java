package io.nsqite.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor.Settings;

/** An application is processed ahead of time as its build would do it, and runs with what was generated, in a JVM of its own. */
@Timeout(120)
class AheadOfTimeTests {

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    Path folder;

    @Test
    void aProcessedApplicationRuns() throws Exception {
        String[] arguments = {
            "--spring.datasource.url=jdbc:sqlite:" + folder.resolve("app.db"),
            "--app.topic=orders",
            "--management.endpoints.web.exposure.include=nsqite",
            "--nsqite.listeners[orders.mail].concurrency=2",
            "--nsqite.listeners[orders.lines].backoff.delay=1s"
        };
        process(arguments);
        assertThat(folder.resolve("app.db")).as("while it is built").doesNotExist();
        assertThat(metadata())
                .contains("io/nsqite/schema/*.sql", "Shop$Order", "Shop$Line", "\"write\"", "\"mail\"")
                .contains("QueueDescriptor$TopicDescriptor", "io/nsqite/owner/version.properties");
        compile();
        assertThat(run(arguments))
                .containsExactly(
                        "> ahead of time: true",
                        "> configuration classes are read: false",
                        "> listeners: 3",
                        "> payloads: 4242",
                        "> written: [tea]",
                        "> intercepted: 3",
                        "> published: 1.0",
                        "> observed: [nsqite.process, nsqite.publish]",
                        "> health: UP",
                        "> endpoint: 200",
                        "> repaired: true");
    }

    private void process(String... arguments) {
        Settings settings = Settings.builder()
                .sourceOutput(folder.resolve("sources"))
                .resourceOutput(folder.resolve("classes"))
                .classOutput(folder.resolve("classes"))
                .groupId("io.nsqite")
                .artifactId("processed-shop")
                .build();
        new SpringApplicationAotProcessor(ProcessedShop.class, settings, arguments).process();
    }

    /** What a native image would be built with. */
    private String metadata() throws IOException {
        Path file = folder.resolve("classes/META-INF/native-image/io.nsqite/processed-shop/reachability-metadata.json");
        return Files.readString(file).replace("\\/", "/");
    }

    private void compile() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none",
                "-nowarn",
                "-cp",
                classPath(),
                "-d",
                folder.resolve("classes").toString()));
        try (Stream<Path> sources = Files.walk(folder.resolve("sources"))) {
            sources.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
    }

    private List<String> run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dspring.aot.enabled=true",
                "-cp",
                classPath(),
                ProcessedShop.class.getName()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process program = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }
        assertThat(program.exitValue()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output).stream()
                .filter(line -> line.startsWith("> "))
                .toList();
    }

    private String classPath() {
        return folder.resolve("classes") + System.getProperty("path.separator") + CLASS_PATH;
    }
}
