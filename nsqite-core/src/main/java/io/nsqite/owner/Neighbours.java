package io.nsqite.owner;

import io.nsqite.store.OwnerStore.Owner;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges which other owners are gone: whose byte is free is dead; whose counter stood still for a lease hangs. Only this
 * process's own monotonic clock counts. Used by one thread.
 */
final class Neighbours {

    private final long leaseNanos;
    private final Map<Long, Seen> seen = new HashMap<>();
    private long lastLook = Long.MIN_VALUE;

    Neighbours(Duration lease) {
        leaseNanos = lease.toNanos();
    }

    private record Seen(long counter, long since) {}

    /** Those of the others that are gone, by how. */
    Map<Owner, String> gone(List<Owner> others, SideFile file, long now) throws IOException {
        if (lastLook != Long.MIN_VALUE && now - lastLook > leaseNanos / 4) {
            seen.clear(); // we stalled ourselves, so what stood still meanwhile says nothing
        }
        lastLook = now;
        seen.keySet().retainAll(others.stream().map(Owner::id).toList());
        Map<Owner, String> gone = new HashMap<>();
        for (Owner other : others) {
            if (other.sideFileId().equals(file.id()) && file.isFree(other.id())) {
                gone.put(other, "is dead");
            } else if (hangs(other, file.counter(other.id()), now)) {
                gone.put(other, "has not moved for %d ms and is taken for hung".formatted(leaseNanos / 1_000_000));
            }
        }
        return gone;
    }

    private boolean hangs(Owner other, long counter, long now) {
        Seen before = seen.get(other.id());
        if (before == null || before.counter() != counter) {
            seen.put(other.id(), new Seen(counter, now));
            return false;
        }
        return now - before.since() >= leaseNanos;
    }
}
