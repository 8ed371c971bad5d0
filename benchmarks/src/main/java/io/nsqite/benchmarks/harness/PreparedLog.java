package io.nsqite.benchmarks.harness;

import java.nio.file.Path;

/** Puts a database with messages in place. */
@FunctionalInterface
public interface PreparedLog {

    /** For a run; says where it is. Nobody has it open. */
    Path prepare(Run run) throws Exception;
}
