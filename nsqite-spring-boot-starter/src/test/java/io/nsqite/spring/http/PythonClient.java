package io.nsqite.spring.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A consumer in another language, in a process of its own. */
final class PythonClient implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Thread reader;

    private PythonClient(Process process) {
        this.process = process;
        reader = new Thread(this::read, "python");
        reader.setDaemon(true);
        reader.start();
    }

    static PythonClient consume(String url) throws IOException {
        return start(url);
    }

    /** One that stops with a batch in hand when it has acknowledged so many. */
    static PythonClient consumeAndHold(String url, int acknowledged) throws IOException {
        return start(url, Integer.toString(acknowledged));
    }

    private static PythonClient start(String... arguments) throws IOException {
        Path script = Path.of("src", "test", "resources", "python", "consumer.py");
        List<String> command = new ArrayList<>(List.of("python3", script.toString()));
        command.addAll(List.of(arguments));
        return new PythonClient(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("ended " + e);
        }
    }

    /** The numbers of the messages with which it did something. */
    List<Integer> numbers(String what) {
        return lines.stream()
                .filter(line -> line.startsWith(what + " "))
                .map(line -> Integer.valueOf(line.split(" ")[1]))
                .toList();
    }

    /** The numbers of the messages that it has received with an attempt. */
    List<Integer> received(int attempt) {
        return lines.stream()
                .filter(line -> line.startsWith("received ") && line.endsWith(" " + attempt))
                .map(line -> Integer.valueOf(line.split(" ")[1]))
                .toList();
    }

    /** Whether it has stopped with a batch in hand. */
    boolean isHolding() {
        return lines.contains("holding");
    }

    /** Ends it at once, whatever it is doing. What it has said until then is read to the end, for which its output must stay open. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still alive");
        }
        reader.join(10_000);
    }

    /** Its exit code, when it has found nothing more. */
    int await() throws InterruptedException {
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            throw new IllegalStateException("still busy: " + lines);
        }
        reader.join(10_000);
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
