package io.nsqite.model;

/** A thread of handlers, which knows when its channel was taken: what was lost since is not its any more. */
final class Worker extends Thread {

    private final QueueProcess process;
    private final long since = System.nanoTime();

    Worker(QueueProcess process, Runnable work) {
        super(work);
        this.process = process;
        setDaemon(true);
    }

    static Worker current() {
        return (Worker) Thread.currentThread();
    }

    /** Whether its process has, or may have, lost the channel since. */
    boolean isOutdated(String channel) {
        return process.lostSince(channel, since);
    }
}
