package io.nsqite.admin;

import io.nsqite.wakeup.Deadline;
import io.nsqite.wakeup.Progress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Waits until channels have nothing left to do. */
final class Draining {

    private final Progress progress;

    /** @param progress tells when to look again */
    Draining(Progress progress) {
        this.progress = progress;
    }

    /**
     * Waits.
     *
     * @param what names them, for the error
     * @throws IllegalStateException if the limit passes first
     */
    void await(String what, Supplier<List<ChannelStatus>> channels, Duration limit) {
        long deadline = Deadline.after(limit);
        while (true) {
            long seen = progress.count();
            List<ChannelStatus> busy = busy(channels);
            if (busy.isEmpty()) {
                return;
            }
            if (!progress.awaitAfter(seen, deadline - System.nanoTime())
                    && !busy(channels).isEmpty()) {
                throw new IllegalStateException("%s not drained within %s: %s"
                        .formatted(
                                what,
                                limit,
                                String.join(
                                        "; ",
                                        busy.stream().map(Draining::describe).toList())));
            }
        }
    }

    private static List<ChannelStatus> busy(Supplier<List<ChannelStatus>> channels) {
        return channels.get().stream().filter(status -> !status.isDrained()).toList();
    }

    private static String describe(ChannelStatus status) {
        return "%s has %d waiting, %d retrying, %d dead; %s"
                .formatted(status.name(), status.waiting(), status.retrying(), status.dead(), owner(status));
    }

    private static String owner(ChannelStatus status) {
        if (status.paused()) {
            return "it is paused";
        }
        return status.ownerId() == null ? "nobody serves it" : "owner " + status.ownerId() + " serves it";
    }
}
