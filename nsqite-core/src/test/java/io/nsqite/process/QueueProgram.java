package io.nsqite.process;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.message.Delivery;
import io.nsqite.retry.ExponentialBackoff;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.sqlite.SqliteDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A program that uses the queue, for {@link Child}. Reads commands:
 *
 * <ul>
 *   <li>{@code open <database> name=value...}: opens the queue, and serves the channel unless {@code serve=no}; with {@code tellAt=n}
 *       says so when it has handled that many, and stops some after that
 *   <li>{@code count <channel> <order>}: serves a channel, ordered or not, by adding to its counter exactly once
 *   <li>{@code pull}: receives from the channel until it ends; {@code read}: reads it as a log
 *   <li>{@code tally <face>}: as {@code pull} and {@code read}, and adds the numbers in the messages to a tally
 *   <li>{@code publish <payload>}
 *   <li>{@code flood <threads>}: publishes as fast as it can with its name as the key, until {@code calm}
 *   <li>{@code write}: begins to write, and never ends
 *   <li>{@code stand <turnstile>}: stands in the turnstile without writing
 *   <li>{@code go}: lets handlers of the payload "hold" return
 *   <li>{@code close}: closes the queue
 *   <li>{@code stop}: closes the queue and ends
 * </ul>
 *
 * What it says begins with an at sign. The payload "halt" halts the JVM; "hold" waits for the command to go on.
 */
final class QueueProgram {

    /** How a JVM ends in which the payload "halt" was handled. */
    static final int HALTED = 77;

    /** So many more it handles after it has said that it reached a number, so that something is left however late it is killed. */
    private static final int AFTER_TELLING = 300;

    private final String name;
    private final PrintStream out;
    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger count = new AtomicInteger();
    private final List<AutoCloseable> kept = new ArrayList<>();
    private Map<String, String> settings = Map.of();
    private SqliteDataSource source;

    private QueueProgram(String name, PrintStream out) {
        this.name = name;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            new QueueProgram(arguments[0], out).obey();
        } catch (Throwable failure) {
            failure.printStackTrace(out);
        }
        Runtime.getRuntime().halt(1); // the parent is gone, or something is wrong
    }

    private void obey() throws Exception {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        say("started");
        Nsqite nsqite = null;
        Flood flood = null;
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "open" -> nsqite = open(words);
                case "count" -> count(nsqite, words);
                case "pull" -> Asking.pull(nsqite, name, Handled.of(nsqite.file()));
                case "read" -> Asking.read(nsqite, name, Handled.of(nsqite.file()));
                case "tally" -> tally(nsqite, words[1]);
                case "publish" -> nsqite.producer().publish(ProcessTest.TOPIC, words[1]);
                case "flood" -> flood = Flood.begin(nsqite, source, name, Integer.parseInt(words[1]));
                case "calm" -> say("flooded " + flood.calm());
                case "write" -> write();
                case "stand" -> stand(Path.of(words[1]));
                case "go" -> go.countDown();
                case "close" -> close(nsqite);
                case "stop" -> stop(nsqite);
                default -> throw new IllegalArgumentException(line);
            }
        }
    }

    private void say(String text) {
        out.println("@" + text);
    }

    private String setting(String key, String otherwise) {
        return settings.getOrDefault(key, otherwise);
    }

    private int number(String key, int otherwise) {
        return Integer.parseInt(setting(key, Integer.toString(otherwise)));
    }

    private Nsqite open(String[] words) throws IOException {
        settings = Arrays.stream(words)
                .skip(2)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        Path database = Path.of(words[1]);
        source = SqliteDataSource.forUrl("jdbc:sqlite:" + database);
        Nsqite nsqite = Nsqite.builder(source)
                .options(NsqiteOptions.defaults().withLease(Duration.ofSeconds(number("lease", 3600))))
                .build();
        if (!setting("serve", "yes").equals("no")) {
            Handled handled = Handled.of(database);
            nsqite.consume(ProcessTest.TOPIC, ProcessTest.CHANNEL, options(), delivery -> handle(delivery, handled));
        }
        say("opened");
        return nsqite;
    }

    private ConsumerOptions options() {
        return ConsumerOptions.defaults()
                .withConcurrency(number("concurrency", 1))
                .withMaxAttempts(number("maxAttempts", 10))
                .withBackoff(new ExponentialBackoff(Duration.ofMillis(20), 2, Duration.ofSeconds(1), 0));
    }

    private void count(Nsqite nsqite, String[] words) {
        Counting counting = new Counting(source);
        KeyOrder order = words[2].equals("ordered") ? KeyOrder.SKIP_DEAD : KeyOrder.NONE;
        ConsumerOptions options =
                options().withMaxAttempts(0).withKeyOrder(order).withTransaction(counting);
        Consumer consumer = nsqite.consume(ProcessTest.TOPIC, words[1], options, counting::add);
        Thread announcing = new Thread(() -> {
            if (consumer.awaitActive(Duration.ofDays(1))) {
                say("serves " + words[1]);
            }
        });
        announcing.setDaemon(true);
        announcing.start();
    }

    private void tally(Nsqite nsqite, String face) {
        Tallying tallying = new Tallying(nsqite, source);
        if (face.equals("pull")) {
            tallying.pull();
        } else {
            tallying.read();
        }
    }

    private void handle(Delivery delivery, Handled handled) throws Exception {
        String payload = new String(delivery.message().payload(), StandardCharsets.UTF_8);
        switch (payload) {
            case "halt" -> Runtime.getRuntime().halt(HALTED);
            case "hold" -> {
                say("holds " + delivery.message().id());
                go.await();
            }
            default -> work();
        }
        handled.add(name, delivery.message().id());
        int told = number("tellAt", 0);
        int done = count.incrementAndGet();
        if (told > 0 && done == told) {
            say("reached");
        }
        if (told > 0 && done >= told + AFTER_TELLING) {
            go.await();
        }
    }

    /** Some 100 microseconds, so that a kill finds handlers at it. */
    private static void work() throws Exception {
        MessageDigest.getInstance("SHA-256").digest(new byte[16 << 10]);
    }

    private void write() throws Exception {
        SqliteConnection connection = source.getConnection();
        connection.setAutoCommit(false);
        connection.createStatement().executeUpdate("UPDATE nsqite_schema SET version = version");
        kept.add(connection);
        say("writes");
    }

    private void stand(Path turnstile) throws IOException {
        FileChannel channel = FileChannel.open(turnstile, StandardOpenOption.WRITE);
        channel.lock(1, 1, false);
        kept.add(channel);
        say("stands");
    }

    private void close(Nsqite nsqite) {
        nsqite.close();
        say("closed");
    }

    private void stop(Nsqite nsqite) {
        if (nsqite != null) {
            nsqite.close();
        }
        say("stopped");
        Runtime.getRuntime().halt(0);
    }
}
