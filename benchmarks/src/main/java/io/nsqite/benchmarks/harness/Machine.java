package io.nsqite.benchmarks.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/** What the figures were measured on. */
public final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Machine() {}

    /** A description in Markdown, of the state that it is in now. */
    public static String describe(Path directory) {
        return """
                * Processor: %s, %d cores, load %.2f at the start
                * Memory: %,d MB; heap up to %,d MB
                * System: %s %s (%s), database files on %s
                * Java: %s %s
                * SQLite: %s
                """.formatted(
                        processor(),
                        SYSTEM.getAvailableProcessors(),
                        SYSTEM.getSystemLoadAverage(),
                        SYSTEM.getTotalMemorySize() >> 20,
                        Runtime.getRuntime().maxMemory() >> 20,
                        SYSTEM.getName(),
                        SYSTEM.getVersion(),
                        SYSTEM.getArch(),
                        fileSystem(directory),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"),
                        sqlite());
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String fileSystem(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.getFileStore(directory).type();
        } catch (IOException e) {
            return "an unknown file system";
        }
    }

    private static String sqlite() {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:")) {
            var driver = connection.getMetaData();
            return "%s, sqlite-jdbc %s".formatted(driver.getDatabaseProductVersion(), driver.getDriverVersion());
        } catch (SQLException e) {
            return "unknown: " + e.getMessage();
        }
    }
}
