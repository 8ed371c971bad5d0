package io.nsqite.store;

import java.util.Locale;

/** What happens to a message that left the straight way. */
public enum DeliveryState {
    /** Waits for another attempt, or may be handed out at once. */
    DUE,
    /** Waits for the time that its publisher has chosen. */
    SCHEDULED,
    /** An attempt was recorded and has begun. */
    RUNNING,
    /** Waits for an earlier message of its key. */
    HELD,
    /** Given up. */
    DEAD;

    /** As it stands in the table. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DeliveryState of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
