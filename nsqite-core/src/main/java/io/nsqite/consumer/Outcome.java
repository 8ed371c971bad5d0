package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message that was in hand.
 *
 * @param row how it goes on; null if it is done
 */
record Outcome(Entry entry, @Nullable DeliveryRow row) {

    boolean isDone() {
        return row == null;
    }
}
