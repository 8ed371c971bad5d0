package io.nsqite.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.benchmarks.harness.Line;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class BenchmarksTests {

    @TempDir
    Path folder;

    @Test
    void everyScenarioRunsAndGivesLinesOfOneTable() throws Exception {
        Path out = folder.resolve("result.md");
        Path databases = Files.createDirectory(folder.resolve("databases"));
        List<Line> lines = Benchmarks.run(Options.of(
                "--tiny", "--sync=normal", "--threads=2", "--listeners=2", "--dir=" + databases, "--out=" + out));

        assertThat(lines).noneMatch(Line::isFailed);
        assertThat(lines.stream().map(Line::scenario).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 16).boxed().toList());
        List<String> table = Files.readAllLines(out).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(table).hasSize(lines.size() + 2);
        assertThat(table.stream().map(String::length).distinct()).hasSize(1);
        assertThat(table.stream()
                        .map(row -> row.chars().filter(c -> c == '|').count())
                        .distinct())
                .containsExactly(12L);
        assertThat(databases).isEmptyDirectory();
    }

    @Test
    void anUnknownOptionIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of("--fast"))
                .withMessageContaining("--fast")
                .withMessageContaining("--help");
    }
}
