package io.nsqite.spring.http;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What serves a channel in this process, if something does. It is opened and closed with the lock of this channel held, as the database writes
 * meanwhile; looking at it needs no lock.
 */
final class ServedChannel {

    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable OpenConsumer open;
    private boolean forgotten;

    void lock() {
        lock.lock();
    }

    boolean tryLock() {
        return lock.tryLock();
    }

    void unlock() {
        lock.unlock();
    }

    @Nullable
    OpenConsumer open() {
        return open;
    }

    void serveWith(OpenConsumer opened) {
        open = opened;
    }

    /** What is in hand comes again, and who waits gets nothing. */
    void release() {
        OpenConsumer closing = open;
        if (closing != null) {
            closing.consumer().close();
            open = null;
        }
    }

    /** Somebody else has to look for it anew. */
    void forget() {
        forgotten = true;
    }

    boolean isForgotten() {
        return forgotten;
    }
}
