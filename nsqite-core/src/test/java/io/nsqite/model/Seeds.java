package io.nsqite.model;

import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seeds of random runs: the one that {@code -Dnsqite.test.seed=N} names; else always the same, so that a build can be repeated; or, in the
 * profile {@code soak}, some that nobody has tried yet.
 */
public final class Seeds {

    private static final Logger log = LoggerFactory.getLogger(Seeds.class);

    private Seeds() {}

    /** A run that may throw whatever it finds. */
    public interface Run {
        void with(long seed) throws Exception;
    }

    /** Runs once per seed, and says which one to repeat, before each run and when it fails. */
    public static void forEach(int usual, Run run) {
        long[] seeds = seeds(Integer.getInteger("nsqite.test.model.runs", usual));
        for (long seed : seeds) {
            run(seed, run);
        }
    }

    /** Runs with a seed, and says which one to repeat. */
    public static void run(long seed, Run run) {
        log.info("Begins with -Dnsqite.test.seed={}", seed); // of a run that hangs, or is killed, nothing else says it
        try {
            run.with(seed);
        } catch (Throwable failure) {
            throw new AssertionError("Repeat with -Dnsqite.test.seed=%d: %s".formatted(seed, failure), failure);
        }
    }

    /** Runs once. */
    public static void once(Run run) {
        run(seeds(1)[0], run);
    }

    private static long[] seeds(int runs) {
        Long given = Long.getLong("nsqite.test.seed");
        return given == null ? LongStream.generate(seeds()).limit(runs).toArray() : new long[] {given};
    }

    private static LongSupplier seeds() {
        Random random = Boolean.getBoolean("nsqite.test.new-seeds") ? new Random() : new Random(1);
        return () -> random.nextInt(1_000_000_000);
    }
}
