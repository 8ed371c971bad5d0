package io.nsqite.bus;

/** What becomes of an event for a subscriber that has no room. */
public enum OverflowPolicy {
    /** The publisher waits until there is room: nothing is lost, and the slowest such subscriber sets the pace. */
    BLOCK,
    /** The subscriber does not get it, which is counted and told in the {@link PublishResult}: publishers never wait for this one. */
    DISCARD
}
