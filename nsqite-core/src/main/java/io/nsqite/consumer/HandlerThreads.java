package io.nsqite.consumer;

import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads of handlers: they keep the JVM running, as an application may do nothing but listen, see the classes that the
 * application sees, and inherit nothing else from the thread that happens to create them.
 */
public final class HandlerThreads implements ThreadFactory {

    private static final long DEFAULT_STACK_SIZE = 0;

    private final ClassLoader classLoader;

    /** With the class loader that the calling thread sees classes by. */
    public HandlerThreads() {
        classLoader = Thread.currentThread().getContextClassLoader();
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, "nsqite-handler", DEFAULT_STACK_SIZE, false);
        thread.setDaemon(false);
        thread.setContextClassLoader(classLoader);
        return thread;
    }
}
