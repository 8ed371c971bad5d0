package io.nsqite.benchmarks.harness;

import java.util.List;
import java.util.function.BiFunction;

/**
 * What the user wants to see.
 *
 * @param scale how much to do
 * @param levels the synchronous levels
 * @param payload the size of a message's payload in bytes
 * @param threads how many threads publish; empty for what each scenario is about
 * @param listeners how many handlers run side by side; empty for what each scenario is about
 */
public record Plan(Scale scale, List<Level> levels, int payload, List<Integer> threads, List<Integer> listeners) {

    /** Both levels, 100 bytes, and what each scenario is about. */
    public static Plan of(Scale scale) {
        return new Plan(scale, List.of(Level.values()), 100, List.of(), List.of());
    }

    /** The user's numbers of threads, or else these. */
    public List<Integer> threadsOr(Integer... usual) {
        return threads.isEmpty() ? List.of(usual) : threads;
    }

    /** The user's numbers of handlers, or else these. */
    public List<Integer> listenersOr(Integer... usual) {
        return listeners.isEmpty() ? List.of(usual) : listeners;
    }

    /** Each level with each of some numbers. */
    public List<Experiment> variants(List<Integer> numbers, BiFunction<Level, Integer, Experiment> variant) {
        return levels.stream()
                .flatMap(level -> numbers.stream().map(number -> variant.apply(level, number)))
                .toList();
    }

    /** The one level of scenarios where it makes no difference. */
    public Level anyLevel() {
        return levels.get(0);
    }
}
