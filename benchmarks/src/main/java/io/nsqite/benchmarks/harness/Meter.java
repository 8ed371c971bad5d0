package io.nsqite.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a piece of work takes: time, processor time, bytes written, heap. */
public final class Meter implements AutoCloseable {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final HeapWatch heap = HeapWatch.start();
    private final long writtenBefore = WrittenBytes.now();
    private final long cpuBefore = SYSTEM.getProcessCpuTime();
    private final long begin = System.nanoTime();

    private Meter() {}

    /** Begins to measure. */
    public static Meter start() {
        return new Meter();
    }

    /** What it took since the beginning, for so many messages. */
    public Sample read(long messages) {
        double nanos = System.nanoTime() - begin;
        Sample sample = Sample.empty()
                .with(Measure.RATE, messages * 1e9 / nanos)
                .with(Measure.TIME, nanos / 1e6)
                .with(Measure.CPU, (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e3 / messages)
                .with(Measure.HEAP, heap.highest() / 1e6);
        return WrittenBytes.areKnown()
                ? sample.with(Measure.WRITTEN, (double) (WrittenBytes.now() - writtenBefore) / messages)
                : sample;
    }

    @Override
    public void close() {
        heap.close();
    }
}
