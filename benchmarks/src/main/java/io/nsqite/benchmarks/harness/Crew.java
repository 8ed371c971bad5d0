package io.nsqite.benchmarks.harness;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that do the same over and over, as fast as they can, from a common start. Meant for one {@link #workFor}.
 *
 * @param threads how many
 * @param members opens what each of them works with
 */
public record Crew(int threads, Callable<? extends Member> members) {

    /** A number of threads, each with a member of its own. */
    public static Crew of(int threads, Callable<? extends Member> members) {
        return new Crew(threads, members);
    }

    /** Lets all of them work, and says what they did. The first failure is thrown. */
    public Work workFor(Duration length) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            Callable<Share> shift = () -> work(start, length);
            List<Future<Share>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(shift));
            }
            List<Share> shares = new ArrayList<>();
            for (Future<Share> future : futures) {
                shares.add(future.get());
            }
            return new Work(shares);
        } finally {
            executor.shutdownNow();
        }
    }

    private Share work(CyclicBarrier start, Duration length) throws Exception {
        try (Member member = members.call()) {
            start.await();
            long begin = System.nanoTime();
            long end = begin + length.toNanos();
            long before = begin;
            long worst = 0;
            long count = 0;
            while (before - end < 0) {
                member.work(count++);
                long now = System.nanoTime();
                worst = Math.max(worst, now - before);
                before = now;
            }
            return new Share(count, worst, before - begin);
        }
    }

    /** What a thread works with. */
    public interface Member extends AutoCloseable {

        /** Does it once more. */
        void work(long number) throws Exception;

        @Override
        default void close() throws SQLException {}
    }

    /**
     * What a thread did.
     *
     * @param count how often
     * @param worst what once took at the most, in nanoseconds
     * @param nanos how long it worked
     */
    record Share(long count, long worst, long nanos) {}

    /** What all of them did. */
    public record Work(List<Share> shares) {

        /** How often in all. */
        public long total() {
            return shares.stream().mapToLong(Share::count).sum();
        }

        /** A sample with the rate, the mean and the worst time, and how alike the threads were. */
        public Sample addTo(Sample sample) {
            LongSummaryStatistics counts =
                    shares.stream().mapToLong(Share::count).summaryStatistics();
            double nanos = shares.stream().mapToLong(Share::nanos).max().orElseThrow();
            double worst = shares.stream().mapToLong(Share::worst).max().orElseThrow();
            return sample.with(Measure.RATE, counts.getSum() * 1e9 / nanos)
                    .with(Measure.TRANSACTION, nanos * shares.size() / 1e3 / counts.getSum())
                    .with(Measure.WORST_TRANSACTION, worst / 1e6)
                    .with(Measure.FAIRNESS, (double) counts.getMin() / counts.getMax());
        }
    }
}
