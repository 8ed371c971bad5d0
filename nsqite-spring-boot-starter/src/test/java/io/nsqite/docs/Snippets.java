package io.nsqite.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examples on pages of documentation, and the files that they have to stand in. Spaces do not count. */
final class Snippets {

    private static final Path SOURCES = Path.of("src/test/java/io/nsqite/docs");
    private static final Path RESOURCES = Path.of("src/test/resources");

    private Snippets() {}

    static List<String> of(String language, String markdown) {
        Pattern fence = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
        Matcher matcher = fence.matcher(markdown.replaceAll("(?m)^ {3}(?=```)", ""));
        List<String> snippets = new ArrayList<>();
        while (matcher.find()) {
            snippets.add(matcher.group(1));
        }
        return snippets;
    }

    /** All that is compiled here for the documentation. */
    static String sources() throws IOException {
        return normalized(all(SOURCES));
    }

    /** All files that applications of tests use. */
    static String resources() throws IOException {
        return normalized(all(RESOURCES));
    }

    private static String all(Path folder) throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : files(folder)) {
            texts.add(Files.readString(file));
        }
        return String.join("\n", texts);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).collect(Collectors.toList());
        }
    }

    static String normalized(String code) {
        return code.replaceAll("\\s+", "");
    }
}
