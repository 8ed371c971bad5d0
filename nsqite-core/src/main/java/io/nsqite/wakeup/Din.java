package io.nsqite.wakeup;

import java.util.concurrent.TimeUnit;

/**
 * What is heard of other files in a watched folder, such as a log that is written there all day. Each such write wakes threads for nothing;
 * where that happens often it is cheaper not to listen. Safe for use by many threads.
 */
final class Din {

    /** How many wake-ups for nothing in a second are one too many: looking every 50 ms costs as much. */
    private static final int LIMIT = 20;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MINUTES.toNanos(1);

    private long second;
    private int count;
    private boolean loud;
    private long loudSince;

    /** Something was heard that concerns nobody; true if that is too much now. */
    synchronized boolean grows(long now) {
        if (count == 0 || now - second > SECOND) {
            second = now;
            count = 0;
        }
        if (++count <= LIMIT) {
            return false;
        }
        loud = true;
        loudSince = now;
        return true;
    }

    /** Whether it was too much less than a minute ago. */
    synchronized boolean isTooLoud(long now) {
        loud = loud && now - loudSince < PAUSE;
        return loud;
    }
}
