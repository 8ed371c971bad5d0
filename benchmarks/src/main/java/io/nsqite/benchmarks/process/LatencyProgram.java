package io.nsqite.benchmarks.process;

import io.nsqite.benchmarks.harness.Arrivals;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.Payload;
import io.nsqite.benchmarks.queue.CoreQueue;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.consumer.ConsumerOptions;
import java.nio.file.Path;

/** Handles messages, and says when each came. */
final class LatencyProgram {

    static final String READY = "ready";

    private LatencyProgram() {}

    /** Takes the database, the synchronous level, and how many messages will come. */
    public static void main(String[] arguments) throws Exception {
        int count = Integer.parseInt(arguments[2]);
        long[] handled = new long[count];
        Arrivals arrivals = new Arrivals(count);
        try (CoreQueue queue = CoreQueue.open(Path.of(arguments[0]), Level.valueOf(arguments[1]))) {
            queue.consume(Names.CHANNEL, ConsumerOptions.defaults(), delivery -> {
                handled[(int) Payload.number(delivery.message().payload())] = System.nanoTime();
                arrivals.add();
            });
            System.out.println(READY);
            arrivals.await(CoreQueue.LIMIT);
            queue.awaitDrained(Names.CHANNEL);
            arrivals.verify(count);
            for (long time : handled) {
                System.out.println(time);
            }
        }
    }
}
