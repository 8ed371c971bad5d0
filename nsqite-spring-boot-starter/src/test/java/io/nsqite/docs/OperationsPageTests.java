package io.nsqite.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook knows every line above DEBUG that the library may log. */
class OperationsPageTests {

    /** The text that a call begins with, which may be put together of several. */
    private static final Pattern CALL =
            Pattern.compile("\\b(?i:log\\.(?:info|warn|error)|warn)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)");

    private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What a reader can recognise a line by. */
    private static final int RECOGNISABLE = 11;

    private static final int BEGINNING = 30;

    private static final Set<String> OF_SEVERAL = Set.of(
            "the message is a dead letter now", "please report this as a fault of nsqite", "is a dead letter now: ");

    @Test
    void everyLineIsExplained() throws IOException {
        String page = Snippets.normalized(Files.readString(Path.of("..", "docs", "operations.md")));
        List<String> lines = new ArrayList<>();
        for (Path folder : List.of(Path.of("..", "nsqite-core", "src", "main"), Path.of("src", "main"))) {
            for (Path source : sources(folder)) {
                lines.addAll(lines(Files.readString(source)));
            }
        }
        assertThat(lines).hasSizeGreaterThan(60);
        assertThat(lines.stream().filter(line -> !isExplained(page, line))).isEmpty();
    }

    /** By the beginning of one of the parts that are the same each time, unless other lines have it, too. */
    private static boolean isExplained(String page, String line) {
        return Arrays.stream(line.split("\\{}|; |, (?=and )|\\. "))
                .map(part -> part.replaceFirst("^[:. ]+", ""))
                .filter(part -> part.length() >= RECOGNISABLE && !OF_SEVERAL.contains(part))
                .map(Snippets::normalized)
                .anyMatch(part -> page.contains(part.substring(0, Math.min(part.length(), BEGINNING))));
    }

    private static List<String> lines(String source) {
        List<String> lines = new ArrayList<>();
        Matcher call = CALL.matcher(source);
        while (call.find()) {
            String line = String.join(
                    "",
                    PART.matcher(call.group(1))
                            .results()
                            .map(part -> part.group(1))
                            .toList());
            if (!line.equals("{}")) { // says all in its argument
                lines.add(line);
            }
        }
        return lines;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }
}
