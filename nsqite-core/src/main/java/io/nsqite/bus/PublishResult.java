package io.nsqite.bus;

/**
 * Who got an event. Immutable; the same object as long as all goes well.
 *
 * @param accepted how many subscribers accepted it
 * @param discarded how many had no room and don't wait
 * @param timedOut how many had no room until the publisher's time was over
 */
public record PublishResult(int accepted, int discarded, int timedOut) {

    /** There was no subscriber. */
    static final PublishResult UNHEARD = new PublishResult(0, 0, 0);

    /** Whether the topic had no subscriber at all. */
    public boolean isUnheard() {
        return accepted + discarded + timedOut == 0;
    }

    /** Whether there were subscribers, and all accepted it. */
    public boolean isComplete() {
        return accepted > 0 && discarded == 0 && timedOut == 0;
    }
}
