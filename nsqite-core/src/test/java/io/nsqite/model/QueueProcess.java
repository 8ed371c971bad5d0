package io.nsqite.model;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** One of several that share the database. Each instance of the queue is an owner of its own, as processes are. */
final class QueueProcess implements AutoCloseable {

    private final Nsqite nsqite;
    private final List<Consumer> consumers;
    private final List<Puller> pullers = new ArrayList<>();
    private final Map<String, Long> lost = new ConcurrentHashMap<>();

    QueueProcess(DataSource dataSource, NsqiteOptions options, Duration stopTimeout, List<Subscription> subscriptions) {
        nsqite = Nsqite.builder(dataSource)
                .options(options.withStopTimeout(stopTimeout))
                .clock(SteadyClock.INSTANCE)
                .handlerThreads(work -> new Worker(this, work))
                .build();
        consumers = new ArrayList<>(nsqite.consumers().register(subscriptions));
    }

    /** Receives messages of a channel by hand. */
    void pull(Behaviour behaviour, Executor others) {
        Puller puller = new Puller(this, behaviour, others);
        pullers.add(puller);
        consumers.add(puller.consumer());
        puller.begin();
    }

    Nsqite nsqite() {
        return nsqite;
    }

    List<Consumer> consumers() {
        return consumers;
    }

    /** From now on what it has in hand may be handed out by somebody else as well. */
    void loses(String channel) {
        lost.put(channel, System.nanoTime());
    }

    boolean lostSince(String channel, long since) {
        return lost.getOrDefault(channel, Long.MIN_VALUE) > since;
    }

    @Override
    public void close() {
        nsqite.close();
        pullers.forEach(Puller::close);
    }
}
