package io.nsqite.maintenance;

import io.nsqite.wakeup.WriteBell;
import org.jspecify.annotations.Nullable;

/** A bell that a test rings. */
final class ManualBell implements WriteBell {

    private @Nullable Runnable ring;
    private boolean broken;
    private int armings;
    private boolean closed;

    @Override
    public synchronized boolean arm(Runnable newRing) {
        if (broken || closed) {
            return false;
        }
        armings++;
        ring = newRing;
        return true;
    }

    @Override
    public synchronized void disarm() {
        ring = null;
    }

    @Override
    public synchronized void close() {
        closed = true;
        ring = null;
    }

    /** Something is written. */
    void ring() {
        takeRing().run();
    }

    /** Something is written, and the ring takes its time. */
    synchronized Runnable takeRing() {
        Runnable armed = ring;
        ring = null;
        return armed == null ? () -> {} : armed;
    }

    /** No watch can be had any more. */
    synchronized void breakDown() {
        broken = true;
    }

    synchronized boolean isArmed() {
        return ring != null;
    }

    synchronized int armings() {
        return armings;
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
