package io.nsqite.bus;

/** What a subscriber does with an event. */
enum Reception {
    ACCEPTED,
    /** It has no room now. */
    FULL,
    DISCARDED,
    TIMED_OUT,
    /** It has ended. */
    ENDED
}
