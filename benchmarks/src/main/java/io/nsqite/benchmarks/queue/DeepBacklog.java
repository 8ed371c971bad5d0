package io.nsqite.benchmarks.queue;

import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import io.nsqite.benchmarks.harness.WrongCountException;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Handles the first of very many messages that wait, each once and in their order, and stops; then goes back to the beginning.
 *
 * @param log what waits
 * @param handled how many of them to handle
 */
public record DeepBacklog(PreparedLog log, int handled) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Path database = log.prepare(run);
        Window window = new Window(run.count(handled));
        try (CoreQueue queue = CoreQueue.open(database, run.level())) {
            Sample sample = consume(queue, window);
            queue.admin().rewind(Names.CHANNEL, 1);
            return sample;
        }
    }

    private static Sample consume(CoreQueue queue, Window window) throws InterruptedException {
        AtomicLong outOfTurn = new AtomicLong();
        try (Meter meter = Meter.start()) {
            Consumer consumer = queue.consume(Names.CHANNEL, ConsumerOptions.defaults(), delivery -> {
                if (Payload.number(delivery.message().payload()) != window.count()) {
                    outOfTurn.incrementAndGet();
                }
                window.add();
            });
            window.await();
            consumer.stop(CoreQueue.LIMIT);
            WrongCountException.check("Messages out of turn", 0, outOfTurn.get());
            return meter.read(window.count()).with(Measure.RATE, window.messages() * 1e9 / window.nanos());
        }
    }
}
