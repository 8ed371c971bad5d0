package io.nsqite.benchmarks.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this process has handed to the file system, in bytes: {@code wchar} of {@code /proc/self/io}. That is each write to
 * database and log, also where the kernel joins several to one page before the disk sees it; memory-mapped files are not
 * in it.
 */
final class WrittenBytes {

    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String NAME = "wchar: ";

    private WrittenBytes() {}

    /** Whether the system counts them. */
    static boolean areKnown() {
        return Files.isReadable(COUNTERS);
    }

    /** So far; 0 where they are not known. */
    static long now() {
        if (!areKnown()) {
            return 0;
        }
        try {
            return Files.readAllLines(COUNTERS).stream()
                    .filter(line -> line.startsWith(NAME))
                    .mapToLong(line -> Long.parseLong(line.substring(NAME.length())))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
