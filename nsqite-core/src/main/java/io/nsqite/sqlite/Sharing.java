package io.nsqite.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether other processes write to a database as well, as those say who can know. While anybody says so, the permit to write passes a
 * turnstile in the file {@code <database>-nsqite-turn}, so that processes take turns and none starves beside a busy one. That
 * file is empty, is never deleted, and may be deleted by anybody at any time.
 *
 * <p>Safe for use by many threads.
 */
public final class Sharing {

    private static final Logger LOG = LoggerFactory.getLogger(Sharing.class);

    private final Path path;
    private final Turnstile turnstile;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Object> observers = new HashSet<>();
    private boolean failing;

    Sharing(Path database, Turnstile turnstile) {
        this.path = TurnLocks.beside(database);
        this.turnstile = turnstile;
    }

    /** This observer sees other processes. Say so again from time to time: what happened to the file meanwhile is repaired then. */
    public void begin(Object observer) {
        lock.lock();
        try {
            observers.add(observer);
            if (!turnstile.isInPlace()) {
                turnstile.use(open());
            }
        } finally {
            lock.unlock();
        }
    }

    /** This observer sees none, or looks no more. */
    public void end(Object observer) {
        lock.lock();
        try {
            if (observers.remove(observer) && observers.isEmpty()) {
                turnstile.use(null);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable TurnLocks open() {
        try {
            TurnLocks locks = TurnLocks.open(path);
            failing = false;
            return locks;
        } catch (IOException e) {
            if (!failing) {
                LOG.warn(
                        "The file {} can't be opened, so a busy process may keep others from writing for long; let this process create files there",
                        path,
                        e);
            }
            failing = true;
            return null;
        }
    }
}
