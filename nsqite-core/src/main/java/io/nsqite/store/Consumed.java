package io.nsqite.store;

import java.util.Arrays;

/**
 * How far all channels of a topic have come, and from when on its messages are kept.
 *
 * @param upTo for each priority, the greatest id that every channel has passed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Consumed(long[] upTo, long keepFrom) {

    /** Where no channel holds anything back. */
    static Consumed everythingBefore(long keepFrom) {
        long[] everything = new long[ChannelStore.PRIORITIES];
        Arrays.fill(everything, Long.MAX_VALUE);
        return new Consumed(everything, keepFrom);
    }

    /** Beyond this id nothing of any priority is consumed. */
    long end() {
        return Arrays.stream(upTo).max().orElse(0);
    }
}
