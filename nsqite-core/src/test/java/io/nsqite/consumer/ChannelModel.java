package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.message.Message;
import io.nsqite.store.ChannelContents;
import io.nsqite.store.Claim;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import io.nsqite.store.KeyStore;
import io.nsqite.store.Logged;
import io.nsqite.store.Mark;
import io.nsqite.store.Settlement;
import io.nsqite.store.Settlement.CursorMove;
import io.nsqite.store.Stretch;
import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the tables would hold of one channel, and what its handlers have done; checks that both agree after every write. */
final class ChannelModel implements KeyStore {

    private final NavigableMap<Long, Logged> messages = new TreeMap<>();
    private final NavigableSet<Long> done = new TreeSet<>();
    private final Set<Long> acknowledged = new HashSet<>();
    private final NavigableMap<Long, DeliveryRow> deliveries = new TreeMap<>();
    private final Set<Long> handled = new HashSet<>();
    private final long[] cursors = new long[Cursors.PRIORITIES];
    private long newest;
    private long changes;

    /** A plain message of the channel's topic, or one of another topic. */
    void publish(boolean ours) {
        if (ours) {
            publish(Message.DEFAULT_PRIORITY, null, 0);
        } else {
            publishElsewhere();
        }
    }

    long cursor() {
        return cursors[Message.DEFAULT_PRIORITY];
    }

    Set<Long> doneRows() {
        return done;
    }

    Map<Long, DeliveryRow> deliveryRows() {
        return deliveries;
    }

    List<Logged> read(long after, long upTo) {
        return read(Message.DEFAULT_PRIORITY, after, upTo);
    }

    /** A message of another topic. */
    void publishElsewhere() {
        newest++;
    }

    /** A message of the channel's topic; delivered after a time that never comes if it is late. */
    void publish(int priority, @Nullable String key, long deliverAt) {
        newest++;
        Message message = new Message(newest, "topic", key, Map.of(), new byte[0], Instant.EPOCH, priority);
        messages.put(newest, new Logged(message, deliverAt));
    }

    long newest() {
        return newest;
    }

    /** The messages between two of the same key or priority. */
    Stream<Message> before(Message message) {
        return messages.headMap(message.id(), false).values().stream().map(Logged::message);
    }

    Message message(long id) {
        return messages.get(id).message();
    }

    /** A handler has finished it, or given it up. */
    void handled(long id) {
        handled.add(id);
    }

    boolean isHandled(long id) {
        return handled.contains(id);
    }

    boolean hasRow(long id) {
        return deliveries.containsKey(id);
    }

    List<Logged> read(int priority, long after, long upTo) {
        return messages.subMap(after, false, upTo, true).values().stream()
                .filter(logged ->
                        priority == Stretch.ALL_PRIORITIES || logged.message().priority() == priority)
                .toList();
    }

    List<DeliveryRow> rows(DeliveryState state) {
        return deliveries.values().stream().filter(row -> row.state() == state).toList();
    }

    void put(DeliveryRow row) {
        if (!done.contains(row.messageId())) {
            deliveries.put(row.messageId(), row);
        }
        check();
    }

    /** By a transaction of the application; whether it leaves a done row. */
    boolean acknowledge(long id) {
        boolean above = id > cursor(id);
        if (above) {
            done.add(id);
        }
        deliveries.remove(id);
        acknowledged.add(id);
        handled.add(id);
        check();
        return above;
    }

    /** By a transaction of the application that moves the cursor; whether it has. */
    boolean move(HeadMove move) {
        int priority = move.move().priority();
        if (move.claim().changes() != changes
                || cursors[priority] != move.move().from()) {
            return false;
        }
        cursors[priority] = move.move().to();
        move.entries().forEach(entry -> handled(entry.id()));
        check();
        return true;
    }

    long[] cursors() {
        return cursors.clone();
    }

    /** How often an operator has changed something. */
    long changes() {
        return changes;
    }

    private long cursor(long id) {
        return cursors[message(id).priority()];
    }

    /** Writes it unless a cursor is elsewhere; false then. */
    boolean settle(Settlement settlement) {
        for (CursorMove move : settlement.moves()) {
            assertThat(move.to()).isBetween(move.from(), newest);
            if (move.from() != cursors[move.priority()]) {
                return false;
            }
        }
        settlement.moves().forEach(move -> cursors[move.priority()] = move.to());
        settlement.settledRows().forEach(deliveries::remove);
        settlement.rows().stream()
                .filter(row -> !done.contains(row.messageId()))
                .forEach(row -> deliveries.put(row.messageId(), row));
        done.addAll(settlement.done());
        settlement.passed().forEach(done::remove);
        check();
        return true;
    }

    /** As an operator does. */
    void rewind(long to) {
        changes++;
        for (int priority = 0; priority < cursors.length; priority++) {
            cursors[priority] = Math.min(cursors[priority], to);
        }
        done.removeIf(id -> id > to);
        deliveries
                .values()
                .removeIf(row -> row.messageId() > to
                        && (row.state() == DeliveryState.DUE
                                || row.state() == DeliveryState.SCHEDULED
                                || row.state() == DeliveryState.HELD));
    }

    /** What is loaded; removes done rows that the cursors have passed. */
    ChannelContents contents() {
        done.removeIf(id -> id <= cursor(id));
        return new ChannelContents(
                changes,
                false,
                cursors.clone(),
                marks(done.stream()),
                marks(deliveries.keySet().stream().filter(id -> id > cursor(id))),
                rows(DeliveryState.RUNNING),
                deliveries.values().stream().anyMatch(row -> row.key() != null));
    }

    private List<Mark> marks(Stream<Long> ids) {
        return ids.map(id -> new Mark(id, message(id).priority())).toList();
    }

    private void check() {
        assertThat(done)
                .as("done rows, above the cursor only unless by a transaction")
                .allMatch(id -> id > cursor(id) || acknowledged.contains(id));
        assertThat(done).as("done rows of handled messages only").isSubsetOf(handled);
        assertThat(done).as("messages with a row in both tables").noneMatch(deliveries::containsKey);
        assertThat(messages.keySet().stream().filter(id -> id <= cursor(id)))
                .as("messages that the cursors %s passed unhandled and without a row", Arrays.toString(cursors))
                .allMatch(id -> handled.contains(id) || deliveries.containsKey(id));
    }

    void checkDrained() {
        assertThat(messages.keySet().stream().filter(id -> !handled.contains(id)))
                .as(
                        "lost, with rows %s and cursors %s",
                        deliveries.values().stream()
                                .filter(row -> row.state() != DeliveryState.DEAD)
                                .toList(),
                        Arrays.toString(cursors))
                .isEmpty();
        assertThat(messages.keySet()).as("messages beyond the cursors").allMatch(id -> id <= cursor(id));
        assertThat(done).as("done rows").isEmpty();
        assertThat(deliveries.values()).as("deliveries").allMatch(row -> row.state() == DeliveryState.DEAD);
    }

    private Stream<DeliveryRow> unfinished(String key) {
        return deliveries.values().stream().filter(row -> key.equals(row.key()) && row.state() != DeliveryState.DEAD);
    }

    @Override
    public Set<String> withRows(
            @Nullable Connection connection, Claim claim, Collection<String> keys, Unfinished unfinished) {
        return keys.stream()
                .filter(key -> unfinished(key).findAny().isPresent())
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<DeliveryRow> first(
            @Nullable Connection connection, Claim claim, String key, Unfinished unfinished) {
        return unfinished(key).findFirst();
    }

    @Override
    public void freeHeld(@Nullable Connection transaction, Claim claim) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> heldAfter(@Nullable Connection connection, Claim claim, String key, int limit) {
        return rows(DeliveryState.HELD).stream()
                .map(DeliveryRow::key)
                .filter(other -> other != null && other.compareTo(key) > 0)
                .distinct()
                .sorted()
                .limit(2)
                .toList();
    }
}
