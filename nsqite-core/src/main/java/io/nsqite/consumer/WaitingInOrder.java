package io.nsqite.consumer;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Messages that are handed out in the order of publishing, whatever else is in hand. */
final class WaitingInOrder implements Waiting {

    private final Deque<Entry> entries = new ArrayDeque<>();

    @Override
    public Place add(Entry entry) {
        entries.addLast(entry);
        return Place.IN_MEMORY;
    }

    @Override
    public void putBack(Entry entry) {
        Deque<Entry> earlier = new ArrayDeque<>(); // put back as well, just before
        while (!entries.isEmpty() && entries.getFirst().id() < entry.id()) {
            earlier.push(entries.removeFirst());
        }
        entries.addFirst(entry);
        earlier.forEach(entries::addFirst);
    }

    @Override
    public @Nullable Entry poll() {
        return entries.pollFirst();
    }

    @Override
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public void clear() {
        entries.clear();
    }
}
