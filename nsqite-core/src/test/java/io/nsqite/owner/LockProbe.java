package io.nsqite.owner;

import io.nsqite.jdbc.TablePrefix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another process that looks whether owners hold their bytes: inside a JVM nothing tells a lock that the system dropped. */
final class LockProbe {

    private LockProbe() {}

    static boolean isHeld(Path database, long ownerId) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockProbe.class.getName(),
                        database.toString(),
                        Long.toString(ownerId))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(15, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError("The probe failed: " + output);
        }
        return output.contains("@held");
    }

    public static void main(String[] arguments) throws IOException {
        SideFile file = SideFile.open(SideFile.beside(Path.of(arguments[0]), TablePrefix.DEFAULT));
        System.out.println(file.isFree(Long.parseLong(arguments[1])) ? "@free" : "@held");
    }
}
