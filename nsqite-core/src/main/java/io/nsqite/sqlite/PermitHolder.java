package io.nsqite.sqlite;

import org.jspecify.annotations.Nullable;

/** A connection as the permit sees it: the permit belongs to the connection, and threads come and go. */
final class PermitHolder {

    private volatile @Nullable Thread thread;
    private volatile long since;
    private long waited;
    private boolean reported;
    private boolean comesBack;

    /** The calling thread executes on the connection. */
    void used() {
        Thread current = Thread.currentThread();
        if (thread != current) {
            thread = current;
        }
    }

    /** It has the permit from now on, on behalf of this thread. */
    void begin(Thread newThread, long now) {
        thread = newThread;
        since = now;
        waited = 0;
        reported = false;
    }

    /** Its thread, which calls, had to wait so long, for the permit or behind other processes. */
    void waited(long nanos) {
        waited += nanos;
    }

    /** How long it has waited for what it holds; for its own thread. */
    long waitedNanos() {
        return waited;
    }

    /** It has the permit no more; an idle connection must not keep a thread from being collected. */
    void end() {
        thread = null;
    }

    /** The last thread that executed on the connection, while it holds the permit. */
    @Nullable
    Thread thread() {
        return thread;
    }

    /** How long it has held the permit. */
    long heldNanos(long now) {
        return now - since;
    }

    /** True for the first who asks since the permit was taken. */
    boolean reportOnce() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    /** Whether, as a rule, it takes the permit again as soon as it has given it back. */
    boolean comesBack() {
        return comesBack;
    }

    void comesBack(boolean takesItAgain) {
        comesBack = takesItAgain;
    }
}
