package io.nsqite.benchmarks.bus;

import io.nsqite.benchmarks.harness.Payload;

/** What is published. */
final class Event {

    @SuppressWarnings({"unused", "FieldCanBeLocal"}) // gives events their size
    private final byte[] payload;

    /** @param size of its payload in bytes */
    Event(long number, int size) {
        payload = Payload.of(number, size);
    }
}
