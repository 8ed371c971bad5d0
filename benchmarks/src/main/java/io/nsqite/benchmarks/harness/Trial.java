package io.nsqite.benchmarks.harness;

/**
 * Some work that is measured. Each run has a folder of its own, so nothing is left of the one before; a run checks that
 * what was to be done was done.
 */
@FunctionalInterface
public interface Trial {

    /**
     * Prepares, does the work, and says what it measured.
     *
     * @throws WrongCountException if not all was done that should have been, or more
     */
    Sample run(Run run) throws Exception;
}
