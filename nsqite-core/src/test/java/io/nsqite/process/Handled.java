package io.nsqite.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What handlers handled, in a file outside the database: one line each, written by a single call, so that lines of
 * several processes don't mix. All are of one length that divides a page, which is what the system writes at once: so a killed
 * process leaves no half of a line, and nobody reads one.
 */
final class Handled {

    private static final int LENGTH = 32;
    private static final String FORMAT = "%-11s %19d\n";

    private final Path path;
    private final FileChannel channel;

    private Handled(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** A message, and which process handled it. */
    record Line(String process, long messageId) {}

    static Handled of(Path database) throws IOException {
        Path path = database.resolveSibling(database.getFileName() + ".handled");
        return new Handled(
                path,
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND));
    }

    void add(String process, long messageId) throws IOException {
        byte[] line = FORMAT.formatted(process, messageId).getBytes(StandardCharsets.UTF_8);
        if (line.length != LENGTH) {
            throw new IllegalArgumentException("The name of a process has at most 11 characters but was " + process);
        }
        channel.write(ByteBuffer.wrap(line));
    }

    List<Line> lines() {
        try {
            return Files.readAllLines(path).stream()
                    .map(line -> line.split(" +"))
                    .map(words -> new Line(words[0], Long.parseLong(words[1])))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    List<Long> ids() {
        return lines().stream().map(Line::messageId).toList();
    }

    List<Long> idsBy(String process) {
        return lines().stream()
                .filter(line -> line.process().equals(process))
                .map(Line::messageId)
                .toList();
    }

    /** How often each message was handled. */
    Map<Long, Long> times() {
        return ids().stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    }
}
