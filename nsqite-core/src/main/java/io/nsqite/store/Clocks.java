package io.nsqite.store;

/**
 * What the two clocks of a channel show at one moment, in milliseconds. What is scheduled is due by the one, retries by the other.
 *
 * @param wall since 1970; it may be set, forward or back
 * @param retries that of the channel's retries, which never jumps, whatever becomes of the other; it goes on from one owner to the next
 */
public record Clocks(long wall, long retries) {

    /** Whether it is time for a message that waits for its time. */
    public boolean isDue(DeliveryRow row) {
        Long dueAt = row.dueAt();
        return switch (row.state()) {
            case DUE -> dueAt != null && dueAt <= retries;
            case SCHEDULED -> dueAt != null && dueAt <= wall;
            case RUNNING, HELD, DEAD -> false;
        };
    }

    /** The time of the retries' clock at which the wall clock will show a time, unless it is set meanwhile. */
    public long retriesAt(long wallTime) {
        long left = wallTime - wall;
        return left > Long.MAX_VALUE - retries ? Long.MAX_VALUE : retries + left;
    }
}
