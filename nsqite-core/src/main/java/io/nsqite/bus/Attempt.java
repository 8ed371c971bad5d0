package io.nsqite.bus;

/** An event that is not handled for the first time. Compared by identity, as an event may be published twice. */
final class Attempt {

    private final Object event;
    private final int number;

    /** @param number which attempt it is, from 2 */
    Attempt(Object event, int number) {
        this.event = event;
        this.number = number;
    }

    Object event() {
        return event;
    }

    int number() {
        return number;
    }
}
