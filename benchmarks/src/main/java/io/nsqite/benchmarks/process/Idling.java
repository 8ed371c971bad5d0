package io.nsqite.benchmarks.process;

import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What idle processes with twenty channels take: one alone on its database, two on another, beside a JVM that does nothing, all at the same
 * time. What the JVM takes that does nothing is taken off the others' figures.
 *
 * @param length how long to watch; as long before, nobody watches what the JVM's compilers do with the code of the start
 */
public record Idling(Duration length) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        Path own = run.database();
        Path shared = run.folder().resolve("shared.db");
        try (ChildJvm nothing = ChildJvm.start(IdleProgram.class);
                ChildJvm alone = ready(own, run);
                ChildJvm first = ready(shared, run);
                ChildJvm second = ready(shared, run)) {
            nothing.await(IdleProgram.READY);
            pass(run.length(length));
            List<ChildJvm> children = List.of(nothing, alone, first, second);
            long logBefore = logSize(own) + logSize(shared);
            List<Duration> before = children.stream().map(ChildJvm::cpuTime).toList();
            long begin = System.nanoTime();
            pass(run.length(length));
            List<Duration> after = children.stream().map(ChildJvm::cpuTime).toList();
            Shares shares = new Shares(before, after, System.nanoTime() - begin);
            return Sample.empty()
                    .with(Measure.CORE, shares.of(1) - shares.of(0))
                    .with(Measure.CORE_BESIDE, Math.max(shares.of(2), shares.of(3)) - shares.of(0))
                    .with(Measure.LOG_GROWTH, (double) (logSize(own) + logSize(shared) - logBefore));
        }
    }

    private static ChildJvm ready(Path database, Run run) throws IOException, InterruptedException {
        ChildJvm child = ChildJvm.start(IdleProgram.class, database, run.level());
        child.await(IdleProgram.READY);
        return child;
    }

    private static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Its size is looked up by name: no descriptor of the file is opened. */
    private static long logSize(Path database) throws IOException {
        Path log = database.resolveSibling(database.getFileName() + "-wal");
        return Files.exists(log) ? Files.size(log) : 0;
    }

    private record Shares(List<Duration> before, List<Duration> after, long nanos) {

        double of(int child) {
            return 100.0 * after.get(child).minus(before.get(child)).toNanos() / nanos;
        }
    }
}
