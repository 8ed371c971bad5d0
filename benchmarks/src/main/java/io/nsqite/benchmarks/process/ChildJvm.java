package io.nsqite.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Another JVM with the same class path, which is told and tells in lines of text. Ends when it is closed. */
final class ChildJvm implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int NATIVE_ACCESS_IS_ASKED_FOR = 24;

    private final Process process;
    private final BufferedReader output;
    private final PrintWriter input;

    private ChildJvm(Process process) {
        this.process = process;
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        input = new PrintWriter(
                new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)), true);
    }

    /** Starts one; what it says on standard error is ours. */
    static ChildJvm start(Class<?> program, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        if (Runtime.version().feature() >= NATIVE_ACCESS_IS_ASKED_FOR) {
            command.add("--enable-native-access=ALL-UNNAMED"); // sqlite-jdbc loads a native library
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ChildJvm(
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
    }

    /** Tells it something. */
    void send(String line) {
        input.println(line);
    }

    /** Waits for the next thing that it says. */
    String nextLine() throws InterruptedException {
        CompletableFuture<@Nullable String> reading = CompletableFuture.supplyAsync(this::readLine);
        try {
            String line = reading.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (line == null) {
                throw new IllegalStateException("A child process ended too early: " + process.info());
            }
            return line;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A child process can't be heard", e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("A child process has said nothing for " + LIMIT, e);
        }
    }

    private @Nullable String readLine() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it says this. */
    void await(String text) throws InterruptedException {
        String line = nextLine();
        while (!line.equals(text)) {
            line = nextLine();
        }
    }

    /** Processor time so far. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Has it end in order, by closing its standard input. */
    @Override
    public void close() throws IOException {
        input.close();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        output.close();
    }
}
