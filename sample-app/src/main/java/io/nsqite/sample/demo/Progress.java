package io.nsqite.sample.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Prints a line a second until it is stopped. */
final class Progress {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Observations observations;
    private final List<String> channels;
    private final int total;
    private final PrintStream out;

    private Progress(Observations observations, List<String> channels, int total, PrintStream out) {
        this.observations = observations;
        this.channels = channels;
        this.total = total;
        this.out = out;
    }

    /** Begins to print. */
    static Progress start(Observations observations, List<String> channels, int total, PrintStream out) {
        Progress progress = new Progress(observations, channels, total, out);
        progress.timer.scheduleAtFixedRate(progress::print, 1, 1, TimeUnit.SECONDS);
        return progress;
    }

    private void print() {
        out.println(channels.stream()
                .map(this::handled)
                .collect(Collectors.joining(
                        ", ",
                        String.format(
                                Locale.ROOT, "  %,d of %,d published; handled: ", observations.published(), total),
                        "")));
    }

    private String handled(String channel) {
        ChannelObservations seen = observations.channel(channel);
        return String.format(Locale.ROOT, "%s %,d (%,d retried)", channel, seen.handled(), seen.retried());
    }

    /** Prints a last line. */
    void stop() {
        timer.shutdownNow();
        print();
    }
}
