package io.nsqite.bus;

import java.util.concurrent.ThreadFactory;

/** Makes threads that see the classes which the application sees, and inherit nothing else from whoever happens to subscribe. */
final class SubscriberThreads implements ThreadFactory {

    private static final long DEFAULT_STACK_SIZE = 0;

    private final ClassLoader classLoader = Thread.currentThread().getContextClassLoader();

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(null, task, "nsqite-bus", DEFAULT_STACK_SIZE, false);
        thread.setDaemon(false);
        thread.setContextClassLoader(classLoader);
        return thread;
    }
}
