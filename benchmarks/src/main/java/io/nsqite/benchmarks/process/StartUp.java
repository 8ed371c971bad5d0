package io.nsqite.benchmarks.process;

import io.nsqite.benchmarks.harness.Measure;
import io.nsqite.benchmarks.harness.Run;
import io.nsqite.benchmarks.harness.Sample;
import io.nsqite.benchmarks.harness.Trial;

/**
 * How long a minimal application of Spring Boot takes to start in a JVM of its own, from its {@code main} until it is ready; and from the start of the JVM.
 *
 * @param kind what it has
 */
public record StartUp(Kind kind) implements Trial {

    @Override
    public Sample run(Run run) throws Exception {
        long begin = System.nanoTime();
        try (ChildJvm child = ChildJvm.start(StartProgram.class, run.database(), run.level(), kind)) {
            String nanos = child.nextLine();
            return Sample.empty()
                    .with(Measure.WHOLE_START, (System.nanoTime() - begin) / 1e6)
                    .with(Measure.TIME, Long.parseLong(nanos) / 1e6);
        }
    }

    /** What the application has. */
    public enum Kind {
        /** A pool and transactions. */
        WITHOUT_QUEUE,
        /** A listener as well. */
        WITH_LISTENER
    }
}
