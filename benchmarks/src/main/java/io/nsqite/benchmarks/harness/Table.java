package io.nsqite.benchmarks.harness;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines as a table in Markdown that can be read as it is, too. */
public final class Table {

    static final List<String> TITLES = List.of(
            "#",
            "scenario",
            "synchronous",
            "value (range)",
            "baseline (range)",
            "ratio",
            "target",
            "commit to handler p50 / p99 / max, ms",
            "written per message",
            "CPU per message",
            "heap");

    private Table() {}

    /** The table, with its head, and a line's end after each line. */
    public static String of(List<Line> lines) {
        List<List<String>> rows = lines.stream().map(Line::cells).toList();
        List<Integer> widths = IntStream.range(0, TITLES.size())
                .mapToObj(column -> width(column, rows))
                .toList();
        StringBuilder table = new StringBuilder(row(TITLES, widths));
        table.append(row(widths.stream().map("-"::repeat).toList(), widths));
        rows.forEach(row -> table.append(row(row, widths)));
        return table.toString();
    }

    private static int width(int column, List<List<String>> rows) {
        int widest =
                rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
        return Collections.max(List.of(widest, TITLES.get(column).length()));
    }

    private static String row(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(column -> padded(cells.get(column), widths.get(column)))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }
}
