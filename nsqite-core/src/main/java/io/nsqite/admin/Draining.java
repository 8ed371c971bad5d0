package io.nsqite.admin;

import io.nsqite.wakeup.Deadline;
import io.nsqite.wakeup.Progress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Waits until channels have nothing left to do. */
final class Draining {

    private final Progress progress;

    /** @param progress tells when to look again */
    Draining(Progress progress) {
        this.progress = progress;
    }

    /** Some channels. */
    interface Awaited {

        /** Their name, for the error. */
        String name();

        /** Whether one has something to do; asked often. */
        boolean isBusy();

        /** What each has to do, which may take long to count. */
        List<ChannelStatus> status();
    }

    /**
     * Waits.
     *
     * @throws IllegalStateException if the limit passes first
     */
    void await(Awaited channels, Duration limit) {
        long deadline = Deadline.after(limit);
        long seen = progress.count();
        while (channels.isBusy()) {
            if (!progress.awaitAfter(seen, deadline - System.nanoTime()) && channels.isBusy()) {
                throw new IllegalStateException(
                        "%s not drained within %s: %s".formatted(channels.name(), limit, describe(channels)));
            }
            seen = progress.count();
        }
    }

    private static String describe(Awaited channels) {
        return channels.status().stream()
                .filter(status -> !status.isDrained())
                .map(Draining::describe)
                .collect(Collectors.joining("; "));
    }

    private static String describe(ChannelStatus status) {
        long retrying = status.lag() - status.waiting();
        return "%s has %d waiting, %d retrying, %d dead; %s"
                .formatted(status.name(), status.waiting(), retrying, status.dead(), owner(status));
    }

    private static String owner(ChannelStatus status) {
        if (status.paused()) {
            return "it is paused: resume it";
        }
        return status.ownerId() == null
                ? "nobody serves it: start a listener"
                : "owner %d serves it: wait longer, or look at what its handlers do, and in the log at why they fail"
                        .formatted(status.ownerId());
    }
}
