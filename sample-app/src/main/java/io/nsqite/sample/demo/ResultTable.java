package io.nsqite.sample.demo;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The result as text: a column for each channel. */
final class ResultTable {

    private static final int LABEL_WIDTH = 24;
    private static final int COLUMN_WIDTH = 16;

    private final List<ChannelResult> results;
    private final StringBuilder text = new StringBuilder();

    private ResultTable(List<ChannelResult> results) {
        this.results = results;
    }

    static String of(List<ChannelResult> results) {
        return new ResultTable(results).text();
    }

    private String text() {
        row("", ChannelResult::channel);
        row("published", result -> count(result.published()));
        row("handled", result -> count(result.handled()));
        row("retried", result -> count(result.retried()));
        row("dead", result -> count(result.dead()));
        row("messages per second", result -> count(Math.round(result.perSecond())));
        row("commit to handler p50", result -> milliseconds(result.latency().p50()));
        row("commit to handler p99", result -> milliseconds(result.latency().p99()));
        row("commit to handler max", result -> milliseconds(result.latency().max()));
        return text.toString();
    }

    private void row(String label, Function<ChannelResult, String> value) {
        text.append(padded(label, -LABEL_WIDTH));
        results.forEach(result -> text.append(padded(value.apply(result), COLUMN_WIDTH)));
        text.append(System.lineSeparator());
    }

    private static String padded(String value, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", value);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String milliseconds(Duration duration) {
        return String.format(Locale.ROOT, "%,.2f ms", duration.toNanos() / 1e6);
    }
}
