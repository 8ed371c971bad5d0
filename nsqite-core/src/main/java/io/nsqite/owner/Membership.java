package io.nsqite.owner;

import java.io.IOException;
import java.nio.channels.FileLock;

/**
 * An owner that is registered and holds its byte of the side file.
 */
record Membership(long id, SideFile file, FileLock lock) {

    /** Locks the byte and takes a slot; call it while writing to the database. */
    static Membership enter(long id, SideFile file) throws IOException {
        FileLock lock = file.tryLock(id);
        if (lock == null) {
            throw new IOException("Byte of owner %d in %s is locked by another process".formatted(id, file.id()));
        }
        file.takeSlot(id);
        return new Membership(id, file, lock);
    }

    void beat() {
        file.beat(id);
    }

    void leave() throws IOException {
        file.freeSlot(id);
        lock.release();
    }
}
