package io.nsqite.wakeup;

/** Wants to know when something is committed to a topic. Called on the thread that commits; must be quick and must not throw. */
public interface TopicReader {

    /** Messages of the default priority may have been committed. */
    void committed();

    /** Messages of any priority may have been committed. */
    void committedWithPriority();
}
