package io.nsqite.consumer;

import io.nsqite.store.Clocks;
import io.nsqite.store.DeliveryRow;
import io.nsqite.store.DeliveryState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Messages of which those with the same key are handed out one at a time, in the order of publishing. Each key has a line: at
 * its head the message whose turn it is, in memory or in the table, and behind it those that were read since. Where the
 * table may hold messages of a key, whose turn is next is found out by looking there, once everything is written that the
 * look must see.
 */
final class KeyLines implements Waiting {

    /** So many messages may wait in memory for others of their keys to end; more get rows, so that reading can go on. */
    private static final int MAX_BLOCKED = LogReading.MAX_ROWS;

    /** Beyond so many, lines that wait for the table only are forgotten, and found again by looking. */
    private static final int MAX_LINES = 10_000;

    private final Map<String, KeyLine> lines = new HashMap<>();
    private final PriorityQueue<Entry> ready = new PriorityQueue<>(Comparator.comparingLong(Entry::id));
    private final PriorityQueue<Early> early = new PriorityQueue<>(Comparator.comparingLong(Early::id));
    private final Set<String> toLook = new LinkedHashSet<>();
    private int blocked;
    private boolean forgetsRows;

    private record Early(long id, String key) {}

    @Override
    public Place add(Entry entry) {
        String key = entry.key();
        if (key == null) {
            ready.add(entry);
            return Place.IN_MEMORY;
        }
        KeyLine line = lines.get(key);
        if (line == null) {
            lines.put(key, KeyLine.headedBy(entry));
            ready.add(entry);
            return Place.IN_MEMORY;
        }
        if (blocked >= MAX_BLOCKED) {
            return Place.IN_TABLE;
        }
        line.waiting().addLast(entry);
        blocked++;
        return Place.IN_MEMORY;
    }

    @Override
    public void putBack(Entry entry) {
        ready.add(entry);
    }

    @Override
    public @Nullable Entry poll() {
        return ready.poll();
    }

    @Override
    public boolean isEmpty() {
        return ready.isEmpty();
    }

    @Override
    public List<Entry> takeBlocked() {
        List<Entry> taken = new ArrayList<>();
        for (KeyLine line : lines.values()) {
            taken.addAll(line.waiting());
            line.waiting().clear();
        }
        blocked = 0;
        return taken;
    }

    @Override
    public void clear() {
        lines.clear();
        ready.clear();
        early.clear();
        toLook.clear();
        blocked = 0;
    }

    @Override
    public void readUpTo(long position) {
        while (!early.isEmpty() && early.peek().id() <= position) {
            Early passed = early.poll();
            KeyLine line = lines.get(passed.key());
            if (line != null && line.isBehindRow(passed.id())) {
                line.vacate();
                lookIfKnown(passed.key(), line);
            }
        }
    }

    @Override
    public void inHand(Entry entry) {
        String key = entry.key();
        if (key != null) {
            KeyLine line = line(key);
            line.head(entry.id());
            line.mayHaveRows();
        }
    }

    @Override
    public void hasRow(long id, @Nullable String key) {
        if (key != null) {
            KeyLine line = line(key);
            line.mayHaveRows();
            if (line.isBehindRow(id)) {
                line.vacate();
            }
            lookIfKnown(key, line);
        }
    }

    @Override
    public void pending(Outcome outcome) {
        String key = outcome.entry().key();
        if (key != null) {
            line(key).pending(outcome);
        }
    }

    @Override
    public void ended(Outcome outcome) {
        Entry entry = outcome.entry();
        KeyLine line = headedBy(entry);
        if (line == null) {
            return;
        }
        line.vacate();
        if (outcome.isDone() && !line.hasRows() && entry.stored() == Entry.Stored.NOTHING) {
            advance(entry, line);
        } else {
            line.pending(outcome);
        }
    }

    @Override
    public void settled(Outcome outcome) {
        String key = outcome.entry().key();
        KeyLine line = key == null ? null : lines.get(key);
        if (key != null && line != null && line.settled(outcome)) {
            lookIfKnown(key, line);
        }
    }

    @Override
    public void acknowledged(Entry entry) {
        String key = entry.key();
        KeyLine line = headedBy(entry);
        if (key == null || line == null) {
            return;
        }
        line.vacate();
        if (line.hasRows()) {
            lookIfKnown(key, line);
        } else {
            advance(entry, line);
        }
    }

    private @Nullable KeyLine headedBy(Entry entry) {
        KeyLine line = entry.key() == null ? null : lines.get(entry.key());
        return line != null && line.isHeadedBy(entry.id()) ? line : null;
    }

    /** The next in memory, as the table has nothing of the key. */
    private void advance(Entry ended, KeyLine line) {
        Entry next = line.waiting().pollFirst();
        if (next == null) {
            lines.remove(ended.key());
        } else {
            bring(next, line);
        }
    }

    private void bring(Entry next, KeyLine line) {
        blocked--;
        line.head(next.id());
        ready.add(next);
    }

    private KeyLine line(String key) {
        return lines.computeIfAbsent(key, any -> new KeyLine());
    }

    private void lookIfKnown(String key, KeyLine line) {
        if (line.isReadyToLook()) {
            toLook.add(key);
        }
    }

    /** Whether lines were forgotten though the table holds messages of their keys. */
    boolean forgetsRows() {
        return forgetsRows;
    }

    /** The look at a key is to be repeated. */
    void lookAgain(String key) {
        KeyLine line = lines.get(key);
        if (line != null) {
            lookIfKnown(key, line);
        }
    }

    /** Whether the key has a line; if not, nothing of it is in memory. */
    boolean knows(String key) {
        return lines.containsKey(key);
    }

    /** The table has unfinished messages of this key. */
    void foundRows(String key) {
        KeyLine line = line(key);
        line.mayHaveRows();
        lookIfKnown(key, line);
    }

    boolean hasToLook() {
        return !toLook.isEmpty();
    }

    /** Takes out keys whose turn is to be found out. */
    List<String> takeToLook(int limit) {
        List<String> keys = toLook.stream().limit(limit).toList();
        keys.forEach(toLook::remove);
        return keys;
    }

    /** A message of the table is due; whether its line lets it be looked at. */
    boolean isTurnOpen(DeliveryRow due, String key) {
        KeyLine line = line(key);
        line.mayHaveRows();
        if (line.isBehindRow(due.messageId())) {
            line.vacate();
        }
        return line.isReadyToLook();
    }

    /**
     * Decides whose turn is next. Of a key that wants to be looked at since the look, it may have missed something.
     *
     * @param first the first unfinished message of the key in the table; null if there is none
     * @param now what is due may run
     * @param position up to where the log was read; behind it there may be earlier messages of the key
     * @return the message of the table whose turn it is; null if none of the table may run
     */
    @Nullable
    DeliveryRow decide(String key, @Nullable DeliveryRow first, Clocks now, long position) {
        KeyLine line = lines.get(key);
        if (line == null || !line.isReadyToLook() || toLook.contains(key)) {
            return null; // something came between
        }
        Entry inMemory = line.waiting().peekFirst();
        if (first == null) {
            line.hasNoRows();
        }
        if (inMemory != null && (first == null || inMemory.id() < first.messageId())) {
            line.waiting().removeFirst();
            bring(inMemory, line);
            return null;
        }
        if (first == null) {
            lines.remove(key);
            return null;
        }
        return decideOnRow(key, line, first, now, position);
    }

    private @Nullable DeliveryRow decideOnRow(String key, KeyLine line, DeliveryRow first, Clocks now, long position) {
        if (first.messageId() > position) {
            line.behindRow(first.messageId());
            early.add(new Early(first.messageId(), key));
            return null;
        }
        if (first.state() == DeliveryState.HELD || now.isDue(first)) {
            line.head(first.messageId());
            return first;
        }
        line.behindRow(first.messageId());
        if (lines.size() > MAX_LINES && line.waiting().isEmpty()) {
            lines.remove(key);
            forgetsRows = true;
        }
        return null;
    }

    /** A message of the table whose turn it was did not begin: the look is repeated. */
    void notBegun(DeliveryRow row) {
        String key = row.key();
        KeyLine line = key == null ? null : lines.get(key);
        if (key != null && line != null && line.isHeadedBy(row.messageId())) {
            line.vacate();
            lookIfKnown(key, line);
        }
    }
}
