package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference of the settings is made from their metadata, which are made from the Javadoc of the classes they are bound to. */
class ConfigurationPageTests {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Path NEW_PAGE = Path.of("target", "configuration.md");

    @Test
    void thePageIsCurrent() throws IOException {
        String page = page();
        Files.writeString(NEW_PAGE, page);
        assertThat(PAGE)
                .as("docs/configuration.md is not what the metadata say; copy %s there", NEW_PAGE.toAbsolutePath())
                .hasContent(page);
    }

    private static String page() throws IOException {
        JsonNode metadata = JsonMapper.shared().readTree(Files.readString(METADATA));
        List<JsonNode> properties = StreamSupport.stream(
                        metadata.get("properties").spliterator(), false)
                .filter(property -> property.has("type")) // else it is one of Boot's, and said by its own
                .sorted(Comparator.comparing(ConfigurationPageTests::name))
                .toList();
        assertThat(properties).hasSizeGreaterThan(20);
        return """
                # Settings

                Made from the metadata that also help an IDE to complete `application.properties`; do not edit. Strongest first:
                `nsqite.listeners[<id>].*`, the annotation, `nsqite.listener.*`, built in.

                | property | type | default | |
                |---|---|---|---|
                %s
                """.formatted(
                        properties.stream().map(ConfigurationPageTests::line).collect(Collectors.joining("\n")));
    }

    private static String line(JsonNode property) {
        JsonNode value = property.get("defaultValue");
        return "| `%s` | %s | %s | %s |"
                .formatted(
                        name(property),
                        type(property.get("type").asString()),
                        value == null ? "" : "`" + value.asString() + "`",
                        property.get("description").asString());
    }

    /** Without packages: what to write is what matters. */
    private static String type(String type) {
        String simple = type.replaceAll("[\\w.]*\\.(\\w+)", "$1");
        return simple.contains("Class<") ? "list of classes" : simple.startsWith("Map<") ? "by id" : simple;
    }

    private static String name(JsonNode property) {
        return property.get("name").asString();
    }
}
