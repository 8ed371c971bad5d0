package io.nsqite.benchmarks.process;

import io.nsqite.admin.ChannelName;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.queue.CoreQueue;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.consumer.Consumer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Does nothing until its standard input is closed: with a queue, or without one. */
final class IdleProgram {

    static final String READY = "ready";

    private static final int CHANNELS = 20;

    private IdleProgram() {}

    /** Takes the database and the synchronous level, or nothing. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            idle();
            return;
        }
        try (CoreQueue queue = CoreQueue.open(Path.of(arguments[0]), Level.valueOf(arguments[1]))) {
            List<ChannelName> channels = IntStream.range(0, CHANNELS)
                    .mapToObj(i -> new ChannelName(Names.TOPIC, "channel-" + i))
                    .toList();
            queue.register(channels, delivery -> {}).forEach(Consumer::start);
            queue.producer().publish(Names.TOPIC, "one");
            queue.admin().awaitDrained(Names.TOPIC, CoreQueue.LIMIT);
            idle();
        }
    }

    private static void idle() throws IOException {
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // until it is closed
        }
    }
}
