package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages in {@code docs} tell the truth: their Java is compiled here, their other examples are files that tests use. */
class PagesTests {

    private static final Path DOCS = Path.of("..", "docs");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void itsJavaStandsInASourceThatIsCompiledHere(Path page) throws IOException {
        assertStandIn(Snippets.sources(), Snippets.of("java", Files.readString(page)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yaml", "xml", "sql", "properties"})
    void otherExamplesStandInFilesOfTests(String language) throws IOException {
        String resources = Snippets.resources();
        for (Path page : pages().toList()) {
            assertStandIn(resources, Snippets.of(language, Files.readString(page)));
        }
    }

    private static void assertStandIn(String files, List<String> snippets) {
        assertThat(snippets)
                .allSatisfy(snippet -> assertThat(files.contains(Snippets.normalized(snippet)))
                        .as(snippet)
                        .isTrue());
    }
}
