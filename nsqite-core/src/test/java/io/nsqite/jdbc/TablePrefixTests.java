package io.nsqite.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablePrefixTests {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern COMMENT_OR_TEXT =
            Pattern.compile("/\\*.*?\\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"", Pattern.DOTALL);

    /** Where the name may stand: here is the default, and there a PRAGMA that does nothing. */
    private static final Set<String> ALLOWED = Set.of("\"nsqite_\"", "\"PRAGMA nsqite_nothing\"");

    @ParameterizedTest
    @ValueSource(strings = {"nsqite_", "_", "q", "jobs2_", "a123456789012345678901234567890"})
    void whatNamesCanBeginWithIsAPrefix(String text) {
        assertThat(new TablePrefix(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1st_",
                "my-",
                "my queue_",
                "a1234567890123456789012345678901",
                "ä_",
                "x;",
                "\"x",
                "a.b_",
                "\n"
            })
    void whatNamesCantBeginWithIsRefusedWithTheRule(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TablePrefix(text))
                .withMessageContaining("a letter or _ and then up to 30 letters, digits or _, like jobs_")
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite_", "SQLite_", "sqlite_jobs_"})
    void sqlitesOwnNamesAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TablePrefix(text))
                .withMessageContaining("must not begin with sqlite_");
    }

    @Test
    void upperCaseMakesNoDifferenceAsInSqlite() {
        assertThat(new TablePrefix("Jobs_")).isEqualTo(new TablePrefix("jobs_")).hasToString("jobs_");
    }

    @Test
    void namesInBracesGetThePrefix() {
        assertThat(new TablePrefix("jobs_")
                        .sql("SELECT {topic}.name FROM {topic} INDEXED BY {topic_name} WHERE name = '{}' OR id = ?"))
                .hasToString(
                        "SELECT jobs_topic.name FROM jobs_topic INDEXED BY jobs_topic_name WHERE name = '{}' OR id = ?");
    }

    @Test
    void noTextOfTheLibraryNamesATableWithItsPrefix() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher matcher = COMMENT_OR_TEXT.matcher(Files.readString(file));
                while (matcher.find()) {
                    String text = matcher.group();
                    if (text.startsWith("\"") && text.contains("nsqite_") && !ALLOWED.contains(text)) {
                        found.add(SOURCES.relativize(file) + ": " + text);
                    }
                }
            }
        }
        assertThat(found)
                .as(
                        "texts that name tables of the default prefix; write {topic} for nsqite_topic, and give it its prefix with"
                                + " TablePrefix.sql")
                .isEmpty();
    }
}
