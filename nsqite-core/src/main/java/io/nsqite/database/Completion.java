package io.nsqite.database;

import org.jspecify.annotations.Nullable;

/**
 * Told how work ended, by the thread that wrote it, before the next transaction begins. Must be quick.
 */
@FunctionalInterface
public interface Completion<T> {

    /**
     * The work is committed, or failed and left nothing behind.
     *
     * @param result what the work returned; null as well if it failed
     * @param failure null if it is committed
     */
    void completed(@Nullable T result, @Nullable Throwable failure);

    /** Wakes who waits for it, after that and by the same thread; the next transaction may have begun. */
    default void wake() {}
}
