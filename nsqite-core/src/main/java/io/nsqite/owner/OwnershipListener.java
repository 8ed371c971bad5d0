package io.nsqite.owner;

/** Told of changes in who owns what. Called on the timer's or the writer's thread; must not block. */
public interface OwnershipListener {

    /** Another process thinks this one dead: everything it owned may be served by others now. */
    void evicted();

    /** Channels may have become free, or this process may take them again. */
    void channelsFreed();

    /** This process looked around, as it does about once a second; what a signal missed can be caught up with. */
    void lookedAround();

    /** The database's path no longer leads to the file that is open. Nothing can go on. */
    void databaseReplaced(String explanation);
}
