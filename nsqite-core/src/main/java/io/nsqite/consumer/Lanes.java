package io.nsqite.consumer;

import io.nsqite.message.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The lanes of a channel: one for each priority, or one for all where the order is that of publishing. Guarded by the monitor. */
final class Lanes {

    /** From the highest priority to the lowest. */
    private final List<Lane> lanes;

    private final Lane[] byPriority = new Lane[Cursors.PRIORITIES];

    private Lanes(List<Lane> lanes) {
        this.lanes = lanes;
    }

    /** Which lanes there are. */
    interface Kind {

        /** The lanes, starting at the cursors. */
        Lanes lanes(Cursors cursors);
    }

    /** One for each priority. */
    static Lanes byPriority(Cursors cursors) {
        List<Lane> all = new ArrayList<>();
        for (int priority = Cursors.PRIORITIES - 1; priority >= 0; priority--) {
            all.add(Lane.ofPriority(priority, cursors));
        }
        Lanes lanes = new Lanes(List.copyOf(all));
        all.forEach(lane -> lanes.byPriority[lane.priority()] = lane);
        return lanes;
    }

    /** One for all priorities. */
    static Lanes single(Cursors cursors, Waiting waiting) {
        Lane lane = Lane.ofAll(cursors, waiting);
        Lanes lanes = new Lanes(List.of(lane));
        Arrays.fill(lanes.byPriority, lane);
        return lanes;
    }

    /** The lane that a message of a priority is in. */
    Lane of(int priority) {
        return byPriority[priority];
    }

    /** All, from the highest priority to the lowest. */
    List<Lane> all() {
        return lanes;
    }

    void forEach(Consumer<Lane> action) {
        lanes.forEach(action);
    }

    /** What is known of a message above the cursors. */
    @Nullable
    Entry find(long id) {
        return lanes.stream()
                .map(lane -> lane.find(id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The next message of the highest priority. */
    @Nullable
    Entry poll() {
        for (Lane lane : lanes) {
            Entry entry = lane.waiting().poll();
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** The priority of the next message; -1 if none waits. */
    int nextPriority() {
        for (Lane lane : lanes) {
            if (!lane.waiting().isEmpty()) {
                return lane.priority();
            }
        }
        return -1;
    }

    boolean hasWaiting() {
        for (Lane lane : lanes) {
            if (!lane.waiting().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** How far the reader of the log is ahead of the cursor, in the lane where that costs reading. */
    long farthest() {
        Lane straight = byPriority[Message.DEFAULT_PRIORITY];
        return straight.position() - straight.cursor();
    }

    /** How far that may be where no message keeps the cursor from moving. */
    long mayStayBehind() {
        return byPriority[Message.DEFAULT_PRIORITY].mayStayBehind();
    }

    /** Up to where the log was read. */
    long position() {
        return lanes.stream().mapToLong(Lane::position).max().orElseThrow();
    }
}
