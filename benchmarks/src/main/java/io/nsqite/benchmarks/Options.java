package io.nsqite.benchmarks;

import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Plan;
import io.nsqite.benchmarks.harness.Scale;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param plan what to measure
 * @param scenarios the numbers of the scenarios; empty for all
 * @param directory where database files go
 * @param out a file for the result; null for standard output alone
 */
record Options(
        Plan plan,
        Set<Integer> scenarios,
        Path directory,
        @Nullable Path out) {

    static final String HELP = """
            Measures the queue beside bare JDBC and prints a table; about half an hour.

              --short              a quick look, about three minutes
              --scenario=1,5       only these
              --sync=NORMAL,FULL   the synchronous levels
              --payload=100        the size of a message in bytes, at least 8
              --threads=1,8        how many threads publish, in scenarios 1 and 2
              --listeners=1,5      how many handlers run side by side, in scenario 5
              --backlog=1000000    how many messages wait, in scenarios 5, 9, 11 and 12
              --repeats=3          how often each trial is run
              --dir=FOLDER         where database files go; the system's temporary folder otherwise
              --out=FILE           writes the table to a file, too
              --jmh                the small paths instead, by JMH; what follows goes to JMH
              --help               this
            """;

    private static final Set<String> NAMES = Set.of(
            "short", "tiny", "scenario", "sync", "payload", "threads", "listeners", "backlog", "repeats", "dir", "out");

    /** @throws IllegalArgumentException if there is something in it that can't be understood */
    static Options of(String... arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("There is no option '%s'; --help lists them".formatted(argument));
            }
            values.put(name, parts.length == 1 ? "" : parts[1]);
        }
        String out = values.get("out");
        return new Options(
                plan(values),
                Set.copyOf(list(values, "scenario", Integer::valueOf)),
                Path.of(values.getOrDefault("dir", System.getProperty("java.io.tmpdir"))),
                out == null ? null : Path.of(out));
    }

    private static Plan plan(Map<String, String> values) {
        List<Level> levels = list(values, "sync", name -> Level.valueOf(name.toUpperCase(Locale.ROOT)));
        int payload = number(values, "payload", 100);
        if (payload < Long.BYTES) {
            throw new IllegalArgumentException(
                    "--payload must be at least %d but is %d".formatted(Long.BYTES, payload));
        }
        return new Plan(
                scale(values),
                levels.isEmpty() ? List.of(Level.values()) : levels,
                payload,
                list(values, "threads", Integer::valueOf),
                list(values, "listeners", Integer::valueOf));
    }

    private static Scale scale(Map<String, String> values) {
        Scale scale = usualScale(values.keySet());
        return scale.withBacklog(number(values, "backlog", scale.backlog()))
                .withRepeats(number(values, "repeats", scale.repeats()));
    }

    private static Scale usualScale(Set<String> names) {
        if (names.contains("tiny")) {
            return Scale.tiny();
        }
        return names.contains("short") ? Scale.brief() : Scale.whole();
    }

    private static int number(Map<String, String> values, String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static <T> List<T> list(Map<String, String> values, String name, Function<String, T> parser) {
        String value = values.get(name);
        return value == null
                ? List.of()
                : Arrays.stream(value.split(",")).map(String::strip).map(parser).toList();
    }
}
