package io.nsqite.benchmarks.process;

import io.nsqite.benchmarks.boot.BootApplication;
import io.nsqite.benchmarks.harness.Level;
import java.nio.file.Path;

/** A minimal application with a listener, or without the queue; says how long it took to start, and ends. */
final class StartProgram {

    private StartProgram() {}

    /** Takes the database, the synchronous level, and which of the two it is. */
    public static void main(String[] arguments) {
        long begin = System.nanoTime();
        BootApplication.Settings settings = BootApplication.on(Path.of(arguments[0]), Level.valueOf(arguments[1]));
        try (BootApplication application = start(settings, StartUp.Kind.valueOf(arguments[2]))) {
            System.out.println(System.nanoTime() - begin);
            application.transactions();
        }
    }

    private static BootApplication start(BootApplication.Settings settings, StartUp.Kind kind) {
        return kind == StartUp.Kind.WITH_LISTENER
                ? settings.listening(payload -> {}).start()
                : settings.withoutQueue().start();
    }
}
