package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;

/**
 * Handles a few messages that wait, over and over.
 *
 * @param waiting how many wait each time
 * @param handled how many to handle in all
 * @param payload the size of a message's payload in bytes
 */
public record ShallowBacklog(int waiting, int handled, int payload) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        try (CoreQueue queue = CoreQueue.open(run.database(), run.level());
                Meter meter = Meter.start()) {
            int rounds = Math.max(1, run.count(handled) / waiting);
            Rounds all = new Rounds(queue, waiting);
            for (int i = 0; i < rounds; i++) {
                Publishing.publish(queue.producer(), waiting, Publishing.messages(Names.TOPIC, payload));
                all.handle();
            }
            return meter.read((long) rounds * waiting).with(Measure.RATE, all.rate());
        }
    }

    /** Adds up the time of all rounds; the consumer is paused between them. */
    private static final class Rounds {

        private final CoreQueue queue;
        private final int waiting;
        private final Consumer consumer;
        private volatile Window window;
        private long messages;
        private long nanos;

        Rounds(CoreQueue queue, int waiting) {
            this.queue = queue;
            this.waiting = waiting;
            window = new Window(waiting);
            consumer = queue.consume(Names.CHANNEL, ConsumerOptions.defaults(), delivery -> window.add());
            consumer.pause();
        }

        void handle() throws InterruptedException {
            consumer.resume();
            window.await();
            queue.awaitDrained(Names.CHANNEL);
            consumer.pause();
            WrongCountException.check("Messages", waiting, window.count());
            messages += window.messages();
            nanos += window.nanos();
            window = new Window(waiting);
        }

        double rate() {
            return messages * 1e9 / nanos;
        }
    }
}
