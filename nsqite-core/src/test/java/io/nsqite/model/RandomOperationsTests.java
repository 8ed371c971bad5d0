package io.nsqite.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole queue on a real file, in two processes, with channels of all kinds, under thousands of random operations. As far
 * as threads allow a seed repeats its run; see {@link Seeds}.
 */
class RandomOperationsTests {

    private static final int RUNS = 2;
    private static final int OPERATIONS = 150;

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void whateverHappensTheQueueKeepsItsPromises() {
        Seeds.forEach(RUNS, seed -> {
            try (RandomRun run = new RandomRun(seed, Files.createTempDirectory(folder, "run"))) {
                run.run(OPERATIONS);
            }
        });
    }
}
