package io.nsqite.benchmarks.bus;

import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Meter;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.WrongCountException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Threads that publish as fast as they can, until all is handled. The events exist before, so that what is allocated meanwhile is the transport's.
 *
 * @param shape who publishes to whom
 * @param payload the size of an event in bytes
 * @param length how long to publish
 */
public record Traffic(Shape shape, int payload, Duration length) {

    /** Looking at the clock takes as long as publishing does. */
    private static final int BETWEEN_LOOKS = 256;

    private static final long LOOK_NANOS = 20_000;

    Sample run(Run run, Transport.Factory transports) throws Exception {
        LongAdder handled = new LongAdder();
        Event[] events = IntStream.range(0, BETWEEN_LOOKS)
                .mapToObj(number -> new Event(number, payload))
                .toArray(Event[]::new);
        ExecutorService publishers = Executors.newFixedThreadPool(shape.publishers());
        Transport transport = transports.open(shape, handled);
        try (Meter meter = Meter.start()) {
            long before = AllocatedBytes.now();
            List<Future<Long>> shares = new ArrayList<>();
            for (int i = 0; i < shape.publishers(); i++) {
                shares.add(publishers.submit(() -> publish(transport, events, run.length(length))));
            }
            long published = 0;
            for (Future<Long> share : shares) {
                published += share.get();
            }
            long expected = published * shape.subscribers();
            while (handled.sum() < expected) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
            Sample sample = meter.read(published);
            long allocated = AllocatedBytes.now() - before; // as long as all threads live
            transport.end();
            WrongCountException.check("Handled events", expected, handled.sum());
            return sample.with(Measure.ALLOCATED, (double) allocated / published);
        } finally {
            publishers.shutdownNow();
        }
    }

    private static long publish(Transport transport, Event[] events, Duration length) {
        long end = System.nanoTime() + length.toNanos();
        long published = 0;
        while (System.nanoTime() - end < 0) {
            for (Event event : events) {
                transport.publish(event);
            }
            published += events.length;
        }
        return published;
    }
}
