package io.nsqite.model;

import io.nsqite.consumer.Consumer;
import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.PulledMessage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Receives messages of a channel as long as its queue is open, and handles them on the thread that hands them out. */
final class Puller {

    private static final Duration WAIT = Duration.ofMillis(20);
    private static final Executor AFTER_A_WHILE = CompletableFuture.delayedExecutor(3, TimeUnit.MILLISECONDS);

    private final QueueProcess process;
    private final Behaviour behaviour;
    private final Executor others;
    private final PullConsumer consumer;
    private final Random random = new Random(1);
    private volatile boolean closed;

    Puller(QueueProcess process, Behaviour behaviour, Executor others) {
        this.process = process;
        this.behaviour = behaviour;
        this.others = others;
        Kind kind = behaviour.ledger().kind();
        consumer = process.nsqite().pull(RandomRun.TOPIC, kind.channel(), kind.options());
    }

    Consumer consumer() {
        return consumer.consumer();
    }

    void begin() {
        ask(WAIT);
        ask(WAIT.multipliedBy(2));
    }

    /** It asks no more. */
    void close() {
        closed = true;
    }

    private void ask(Duration wait) {
        if (closed) {
            return;
        }
        Worker asking =
                new Worker(process, () -> {}); // knows since when, if the messages come before anybody waits for them
        CompletableFuture<List<PulledMessage>> request = consumer.receiveAsync(1 + random.nextInt(6), wait, Kind.LEASE);
        var unused = request.whenComplete((messages, failure) -> {
            if (messages != null) {
                Worker worker = Thread.currentThread() instanceof Worker handing ? handing : asking;
                messages.forEach(message ->
                        Handlers.answerPulled(behaviour, others, new PulledDelivery(consumer, message), worker));
            }
            AFTER_A_WHILE.execute(() -> ask(wait));
        });
        if (random.nextInt(5) == 0) {
            request.cancel(false); // nothing that was about to come is lost, or held
        }
    }
}
