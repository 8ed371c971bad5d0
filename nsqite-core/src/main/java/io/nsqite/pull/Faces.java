package io.nsqite.pull;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.DefaultConsumers;
import io.nsqite.consumer.Engine;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What a queue has for those who ask for messages, beside its consumers with handlers. */
public final class Faces implements AutoCloseable {

    private static final Duration IDLE_LIMIT = Duration.ofSeconds(2);

    private final Engine engine;
    private final DefaultConsumers consumers;
    private final ThreadPoolExecutor endings;

    /** As long as somebody has them. */
    private final Set<Face> faces = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /** None so far. */
    public Faces(Engine engine, DefaultConsumers consumers) {
        this.engine = engine;
        this.consumers = consumers;
        endings = new ThreadPoolExecutor(
                1, 1, IDLE_LIMIT.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = engine.threads().newThread(task);
                    thread.setName("nsqite-pull");
                    return thread;
                });
        endings.allowCoreThreadTimeOut(true);
        endings.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // all have ended when it is closed
    }

    /** Begins to serve a channel whose messages are received by hand. */
    public PullConsumer pull(String topic, String channel, ConsumerOptions options) {
        PullSettings settings = new PullSettings(engine, endings, topic, channel, options);
        DefaultPullConsumer pulled = new DefaultPullConsumer(consumers, settings).start();
        faces.add(pulled);
        return pulled;
    }

    /** Begins to read a topic as a log. */
    public LogReader log(String topic, String group) {
        DefaultLogReader log = new DefaultLogReader(engine, consumers, consumers.registerLog(topic, group)).start();
        faces.add(log);
        return log;
    }

    /** After all consumers have stopped. Those that never served their channel have told nobody. */
    @Override
    public void close() {
        List.copyOf(faces).forEach(Face::queueClosed);
        endings.shutdown();
    }
}
