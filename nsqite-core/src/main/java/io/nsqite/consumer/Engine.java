package io.nsqite.consumer;

import io.nsqite.database.QueueDatabase;
import io.nsqite.owner.Ownership;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.EngineClock;
import io.nsqite.wakeup.Progress;
import io.nsqite.wakeup.Timer;
import io.nsqite.wakeup.TopicSignals;
import java.util.concurrent.ThreadFactory;

/**
 * What all consumers of a queue share.
 *
 * @param threads makes the threads that handlers run on
 * @param hooks the application's code around handling
 */
public record Engine(
        QueueDatabase database,
        QueueStore store,
        Ownership ownership,
        TopicSignals signals,
        Progress progress,
        Timer timer,
        EngineClock clock,
        ThreadFactory threads,
        Hooks hooks) {}
