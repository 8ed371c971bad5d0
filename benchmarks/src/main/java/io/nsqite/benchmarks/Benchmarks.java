package io.nsqite.benchmarks;

import io.nsqite.benchmarks.harness.Laboratory;
import io.nsqite.benchmarks.harness.Line;
import io.nsqite.benchmarks.harness.Machine;
import io.nsqite.benchmarks.harness.Scenario;
import io.nsqite.benchmarks.harness.Table;
import io.nsqite.benchmarks.queue.Backlogs;
import io.nsqite.benchmarks.scenario.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Measures the queue beside bare JDBC, and prints a table. */
public final class Benchmarks {

    private Benchmarks() {}

    /** See {@code --help}. Ends with exit code 1 if something could not be measured. */
    public static void main(String[] arguments) throws Exception {
        List<String> words = Arrays.asList(arguments);
        if (words.contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        if (words.contains("--jmh")) {
            org.openjdk.jmh.Main.main(
                    words.stream().filter(word -> !word.equals("--jmh")).toArray(String[]::new));
            return;
        }
        List<Line> lines = run(Options.of(arguments));
        if (lines.stream().anyMatch(Line::isFailed)) {
            System.exit(1);
        }
    }

    /** Measures, and prints the table. */
    static List<Line> run(Options options) throws IOException {
        String machine = Machine.describe(options.directory());
        List<Line> lines = measure(options);
        String result = "%s%n%s".formatted(machine, Table.of(lines));
        System.out.print(result);
        Path out = options.out();
        if (out != null) {
            Files.writeString(out, result);
        }
        return lines;
    }

    private static List<Line> measure(Options options) throws IOException {
        Laboratory laboratory = new Laboratory(options.directory(), System.err);
        List<Line> lines = new ArrayList<>();
        try (Backlogs backlogs =
                new Backlogs(options.directory(), options.plan().payload())) {
            for (Scenario scenario : Scenarios.of(backlogs)) {
                if (isWanted(options, scenario)) {
                    lines.addAll(laboratory.run(scenario, options.plan()));
                }
            }
        }
        return lines.stream()
                .filter(line -> isWanted(options, line.scenario()))
                .sorted(Comparator.comparing(Line::scenario))
                .toList();
    }

    private static boolean isWanted(Options options, Scenario scenario) {
        return options.scenarios().isEmpty() || options.scenarios().stream().anyMatch(scenario::covers);
    }

    private static boolean isWanted(Options options, int scenario) {
        return options.scenarios().isEmpty() || options.scenarios().contains(scenario);
    }
}
