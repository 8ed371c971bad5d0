package io.nsqite.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The two byte locks of a turnstile, in a file of their own: closing it drops them, and must not drop any other. Byte 0 is held by who
 * is next, byte 1 by whose turn it is. The system frees them when the process ends, however it does.
 *
 * <p>Locks are only ever tried for, never waited for: an interrupt of a thread that waits for one would close the file. Not safe for
 * use by several threads.
 */
final class TurnLocks {

    private static final long NEXT = 0;
    private static final long TURN = 1;

    private final Path path;
    private final FileChannel channel;
    private final @Nullable Object fileKey;
    private @Nullable FileLock next;
    private @Nullable FileLock turn;

    private TurnLocks(Path path, FileChannel channel, @Nullable Object fileKey) {
        this.path = path;
        this.channel = channel;
        this.fileKey = fileKey;
    }

    static Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + "-nsqite-turn");
    }

    static TurnLocks open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            return new TurnLocks(path, channel, fileKey(path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether others that open the path find this file. */
    boolean isInPlace() {
        try {
            return channel.isOpen() && Objects.equals(fileKey, fileKey(path));
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException unknown) {
            return true;
        }
    }

    /** Goes as far as it can without waiting: becomes the next, then takes the turn and lets another be the next. */
    boolean advance() throws IOException {
        if (turn != null) {
            return true;
        }
        if (!isNext()) {
            next = tryLock(NEXT);
        }
        if (!isNext()) {
            return false;
        }
        turn = tryLock(TURN);
        if (turn == null) {
            return false;
        }
        letAnotherBeNext();
        return true;
    }

    /** Null if another process has it, or another copy of this library in this process. */
    private @Nullable FileLock tryLock(long position) throws IOException {
        try {
            return channel.tryLock(position, 1, false);
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    boolean hasTurn() {
        return turn != null;
    }

    boolean isNext() {
        return next != null;
    }

    void letAnotherBeNext() throws IOException {
        FileLock held = next;
        next = null;
        if (held != null) {
            held.release();
        }
    }

    void leave() throws IOException {
        FileLock held = turn;
        turn = null;
        try {
            letAnotherBeNext();
        } finally {
            if (held != null) {
                held.release();
            }
        }
    }

    void close() throws IOException {
        next = null;
        turn = null;
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
