package io.nsqite.wakeup;

import java.nio.file.Path;

/**
 * Rings at the next write to a database, by whatever process, so that nobody has to look for it. It tells of writes, not of commits: SQLite
 * writes a commit into its write-ahead log just before others can see it. So whoever hears the bell looks at once, and goes on looking for
 * a while.
 *
 * <p>It is armed while all is quiet only: to hear each of many writes would cost more than to look for them now and then. What was
 * written before it was armed may not be rung; so arm it first, then look once more.
 *
 * <p>Safe for use by many threads. A seam: tests ring by hand.
 */
public interface WriteBell extends AutoCloseable {

    /**
     * A bell for a database file; where the system can't tell of writes, one that is never armed.
     *
     * @param database the path that SQLite gives, beside which it has its write-ahead log
     */
    static WriteBell of(Path database) {
        return FolderWatch.isPossible() ? new FolderWatch(database) : none();
    }

    /** One that is never armed. */
    static WriteBell none() {
        return new WriteBell() {
            @Override
            public boolean arm(Runnable ring) {
                return false;
            }

            @Override
            public void disarm() {
                // it never is
            }

            @Override
            public void close() {
                // there is nothing to close
            }
        };
    }

    /**
     * Lets the next write ring, once. One ring too many does no harm.
     *
     * @param ring called on a thread of the bell; must be quick
     * @return false if no write would be heard, now or for good: then go on looking
     */
    boolean arm(Runnable ring);

    /** Lets no write ring any more, and costs nothing until it is armed again. */
    void disarm();

    /** Ends it; it is never armed again. */
    @Override
    void close();
}
