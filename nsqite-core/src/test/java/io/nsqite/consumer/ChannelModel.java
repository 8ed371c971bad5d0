package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.Logged;
import io.nsqite.store.Mark;
import io.nsqite.store.Settlement;
import io.nsqite.store.Settlement.CursorMove;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the tables would hold of one channel, and what its handlers have done; checks that both agree after every write. */
final class ChannelModel {

    private static final int PRIORITY = Message.DEFAULT_PRIORITY;
    private static final long START = 0;

    private final NavigableSet<Long> messages = new TreeSet<>();
    private final NavigableSet<Long> done = new TreeSet<>();
    private final Map<Long, DeliveryRow> deliveries = new TreeMap<>();
    private final Set<Long> handled = new HashSet<>();
    private long newest;
    private long cursor = START;

    /** A message of the channel's topic, or of another one. */
    void publish(boolean ours) {
        newest++;
        if (ours) {
            messages.add(newest);
        }
    }

    long newest() {
        return newest;
    }

    long cursor() {
        return cursor;
    }

    Set<Long> doneRows() {
        return done;
    }

    Map<Long, DeliveryRow> deliveryRows() {
        return deliveries;
    }

    /** A handler has finished it, or given it up. */
    void handled(long id) {
        handled.add(id);
    }

    List<Logged> read(long after, long upTo) {
        return messages.subSet(after, false, upTo, true).stream()
                .map(id -> new Logged(message(id), 0))
                .toList();
    }

    static Message message(long id) {
        return new Message(id, "topic", null, Map.of(), new byte[0], Instant.EPOCH, PRIORITY);
    }

    List<DeliveryRow> rows(DeliveryState state) {
        return deliveries.values().stream().filter(row -> row.state() == state).toList();
    }

    void put(DeliveryRow row) {
        deliveries.put(row.messageId(), row);
        check();
    }

    /** Writes it unless a cursor is elsewhere; false then. */
    boolean settle(Settlement settlement) {
        for (CursorMove move : settlement.moves()) {
            assertThat(move.priority()).isEqualTo(PRIORITY);
            assertThat(move.to()).isBetween(move.from(), newest);
            if (move.from() != cursor) {
                return false;
            }
        }
        settlement.moves().forEach(move -> cursor = move.to());
        settlement.settledRows().forEach(deliveries::remove);
        settlement.rows().forEach(row -> deliveries.put(row.messageId(), row));
        done.addAll(settlement.done());
        settlement.passed().forEach(done::remove);
        check();
        return true;
    }

    /** As an operator does. */
    void rewind(long to) {
        if (to >= cursor) {
            return;
        }
        cursor = to;
        done.removeIf(id -> id > to);
        deliveries
                .values()
                .removeIf(row -> row.messageId() > to
                        && (row.state() == DeliveryState.DUE || row.state() == DeliveryState.HELD));
    }

    ChannelContents contents() {
        long[] cursors = new long[10];
        Arrays.fill(cursors, newest);
        cursors[PRIORITY] = cursor;
        List<Mark> passedByRow = marks(deliveries.keySet().stream().filter(id -> id > cursor));
        return new ChannelContents(
                0, false, cursors, marks(done.stream()), passedByRow, rows(DeliveryState.RUNNING), false);
    }

    private static List<Mark> marks(Stream<Long> ids) {
        return ids.map(id -> new Mark(id, PRIORITY)).toList();
    }

    private void check() {
        assertThat(done).as("done rows, above the cursor only").allMatch(id -> id > cursor);
        assertThat(done).as("done rows of handled messages only").isSubsetOf(handled);
        assertThat(done).as("messages with a row in both tables").noneMatch(deliveries::containsKey);
        assertThat(messages.headSet(cursor, true))
                .as("messages that the cursor %d passed unhandled and without a row", cursor)
                .allMatch(id -> handled.contains(id) || deliveries.containsKey(id));
    }

    void checkDrained() {
        assertThat(handled).containsAll(messages);
        assertThat(cursor).as("cursor").isEqualTo(newest);
        assertThat(done).as("done rows").isEmpty();
        assertThat(deliveries.values()).as("deliveries").allMatch(row -> row.state() == DeliveryState.DEAD);
    }
}
