package io.nsqite.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link QueueProgram} in a JVM of its own. Commands go to its standard input; what it says, and its log, come from its
 * standard output. It ends with its input, so none outlives the tests.
 */
final class Child implements AutoCloseable {

    private final String name;
    private final Process process;
    private final PrintWriter commands;
    private final Thread listening;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition heard = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean silent;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        listening = new Thread(this::listen, "child-" + name);
        listening.setDaemon(true);
        listening.start();
    }

    /** Starts one; it does nothing yet. */
    static Child start(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QueueProgram.class.getName(), name));
        return new Child(
                name, new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Has it open the queue, which takes a while. */
    void open(Path database, String... settings) {
        send(("open " + database + " " + String.join(" ", settings)).strip());
    }

    private void listen() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                hear(line);
            }
        } catch (IOException endOfProcess) {
            // as good as its last line
        } finally {
            lock.lock();
            silent = true;
            heard.signalAll();
            lock.unlock();
        }
    }

    private void hear(String line) {
        lock.lock();
        try {
            lines.add(line);
            heard.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void send(String command) {
        commands.println(command);
    }

    /** Waits until it has said something that contains this text. */
    void await(String text) {
        await(text, 1);
    }

    /** Waits until it has said something that contains this text so many times. */
    void await(String text, int times) {
        long left = ProcessTest.LIMIT.toNanos();
        lock.lock();
        try {
            while (count(text) < times && !silent && left > 0) {
                left = heard.awaitNanos(left);
            }
            if (count(text) < times) {
                throw new AssertionError("%s did not say '%s' %d times%s, but:%n%s"
                        .formatted(name, text, times, silent ? " before it ended" : "", String.join("\n", lines)));
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for '%s' from %s".formatted(text, name), e);
        } finally {
            lock.unlock();
        }
    }

    /** How often it has said something that contains this text. */
    int count(String text) {
        lock.lock();
        try {
            return (int) lines.stream().filter(line -> line.contains(text)).count();
        } finally {
            lock.unlock();
        }
    }

    /** The number that it said after this text, the last time. */
    long numberAfter(String text) {
        lock.lock();
        try {
            return lines.stream()
                    .filter(line -> line.startsWith(text))
                    .mapToLong(line -> Long.parseLong(line.substring(text.length())))
                    .reduce((first, second) -> second)
                    .orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    /** As by kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitExit();
    }

    /** Stops the whole process, until {@link #resume}. */
    void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
        if (!kill.waitFor(ProcessTest.LIMIT.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new AssertionError("kill -%s failed".formatted(signal));
        }
    }

    /** Ends in order. */
    void stop() throws InterruptedException {
        send("stop");
        await("@stopped");
        awaitExit();
    }

    /** Waits for its end, and says how it ended. */
    int awaitExit() throws InterruptedException {
        Duration limit = ProcessTest.LIMIT;
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("%s did not end within %s:%n%s".formatted(name, limit, String.join("\n", lines)));
        }
        listening.join(limit.toMillis());
        return process.exitValue();
    }

    /** Kills it if it still runs; once this has returned it writes no file that its folder would have to be rid of. */
    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while waiting for the end of " + name, e);
        }
    }
}
