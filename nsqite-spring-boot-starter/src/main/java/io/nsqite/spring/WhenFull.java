package io.nsqite.spring;

/** What becomes of an event for a subscriber that has no room. */
public enum WhenFull {
    /** As {@code nsqite.bus.subscriber.when-full} says: {@link #BLOCK} unless set. */
    DEFAULT,
    /** The publisher waits until there is room. */
    BLOCK,
    /** The subscriber does not get it, which is counted. */
    DISCARD
}
