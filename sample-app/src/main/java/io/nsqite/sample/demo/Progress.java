package io.nsqite.sample.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Prints a line a second until it is stopped. */
final class Progress {

    private final CountDownLatch stopped = new CountDownLatch(1);
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
        Thread thread = new Thread(progress::printUntilStopped, "demo-progress");
        thread.setDaemon(true);
        thread.start();
        return progress;
    }

    private void printUntilStopped() {
        try {
            while (!stopped.await(1, TimeUnit.SECONDS)) {
                print();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        stopped.countDown();
        print();
    }
}
