package io.nsqite.owner;

import io.nsqite.jdbc.TablePrefix;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file beside the database that shows which owners live: each holds a lock on its own byte, and moves a counter.
 *
 * <p>Closing any descriptor of a file drops all locks that the process holds on it, so the channel is opened once in a
 * JVM, even if this class is loaded several times, and is never closed. An interrupt would close it as well, so once it is
 * open only calls are made that interrupts don't reach. Opening it is one that they do reach, and any thread that writes
 * may have to do so; it is repeated then, as nothing was locked by it yet.
 */
final class SideFile {

    private static final Logger log = LoggerFactory.getLogger(SideFile.class);
    private static final String REGISTRY = "io.nsqite.side-files";
    private static final int SIZE = 1024;
    private static final long MAGIC = 0x4e53514954453031L;
    private static final int ID_AT = 8;
    private static final int SLOTS_AT = 32;
    private static final int SLOT_SIZE = 16;
    private static final int SLOTS = (SIZE - SLOTS_AT) / SLOT_SIZE;

    private final Path path;
    private final Object fileKey;
    private final FileChannel channel;
    private final MappedByteBuffer page;

    private SideFile(Path path, Object fileKey, FileChannel channel, MappedByteBuffer page) {
        this.path = path;
        this.fileKey = fileKey;
        this.channel = channel;
        this.page = page;
    }

    /** Where it lies. Queues with different prefixes count their owners each for itself, so each has a file of its own. */
    static Path beside(Path database, TablePrefix prefix) {
        String queue = prefix.equals(TablePrefix.DEFAULT) ? "" : "." + prefix;
        return database.resolveSibling(database.getFileName() + "-nsqite" + queue);
    }

    /** Opens or creates it. Of several processes one at a time may do so: call it while writing to the database. */
    static SideFile open(Path path) throws IOException {
        Map<String, Object[]> registry = registry();
        synchronized (registry) {
            Object[] entry = registry.get(path + " " + fileKey(path));
            if (entry == null) {
                entry = openNew(path);
                registry.put(path + " " + entry[0], entry); // beside that of a file replaced, which must stay open
            }
            return new SideFile(path, entry[0], (FileChannel) entry[1], (MappedByteBuffer) entry[2]);
        }
    }

    private static Object[] openNew(Path path) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                interrupted |= Thread.interrupted();
                try {
                    return openInterruptibly(path);
                } catch (ClosedByInterruptException e) {
                    log.debug("Opening {} was interrupted and is repeated", path, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Object[] openInterruptibly(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        MappedByteBuffer page = channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE);
        if (page.getLong(0) != MAGIC) {
            UUID id = UUID.randomUUID();
            page.putLong(ID_AT, id.getMostSignificantBits());
            page.putLong(ID_AT + Long.BYTES, id.getLeastSignificantBits());
            page.putLong(0, MAGIC);
        }
        return new Object[] {Objects.requireNonNullElse(fileKey(path), path), channel, page};
    }

    /** JDK types only, so that copies of this class in several class loaders share it. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object[]> registry() {
        return (Map<String, Object[]>)
                System.getProperties().computeIfAbsent(REGISTRY, name -> new ConcurrentHashMap<String, Object[]>());
    }

    private static @Nullable Object fileKey(Path path) throws IOException {
        if (!Files.exists(path)) {
            return null;
        }
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path : key;
    }

    /** Whether the path still leads to this file. */
    boolean isInPlace() throws IOException {
        return fileKey.equals(fileKey(path));
    }

    /** The random id that it got when it was created. */
    String id() {
        return new UUID(page.getLong(ID_AT), page.getLong(ID_AT + Long.BYTES)).toString();
    }

    /** Locks an owner's byte; null if it is locked, by this process or another. */
    @Nullable
    FileLock tryLock(long ownerId) throws IOException {
        try {
            return channel.tryLock(SIZE + ownerId, 1, false);
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }

    /** Whether nobody holds an owner's byte. */
    boolean isFree(long ownerId) throws IOException {
        try (FileLock lock = tryLock(ownerId)) {
            return lock != null;
        }
    }

    /** Whether nobody holds a byte but an owner. Call it while writing to the database, so that nobody enters meanwhile. */
    boolean areOthersFree(long ownerId) throws IOException {
        long after = SIZE + ownerId + 1;
        try (FileLock below = channel.tryLock(SIZE, ownerId, false);
                FileLock above = channel.tryLock(after, Long.MAX_VALUE - after, false)) {
            return below != null && above != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    /** Moves an owner's counter, which takes a slot at the first time. */
    void beat(long ownerId) {
        int slot = slotOf(ownerId);
        if (slot >= 0) {
            page.putLong(slot + Long.BYTES, page.getLong(slot + Long.BYTES) + 1);
        }
    }

    /** Gives an owner a slot that belongs to nobody. Call it while writing to the database. */
    void takeSlot(long ownerId) throws IOException {
        for (int slot = SLOTS_AT; slot < SIZE; slot += SLOT_SIZE) {
            long holder = page.getLong(slot);
            if (holder == 0 || holder == ownerId || isFree(holder)) {
                page.putLong(slot + Long.BYTES, 0);
                page.putLong(slot, ownerId);
                return;
            }
        }
        throw new IOException(
                "%d processes use the queue of %s already, and there is room for no more; stop some of them"
                        .formatted(SLOTS, path));
    }

    void freeSlot(long ownerId) {
        int slot = slotOf(ownerId);
        if (slot >= 0) {
            page.putLong(slot, 0);
        }
    }

    /** An owner's counter; -1 if it has none. */
    long counter(long ownerId) {
        int slot = slotOf(ownerId);
        return slot < 0 ? -1 : page.getLong(slot + Long.BYTES);
    }

    private int slotOf(long ownerId) {
        for (int slot = SLOTS_AT; slot < SIZE; slot += SLOT_SIZE) {
            if (page.getLong(slot) == ownerId) {
                return slot;
            }
        }
        return -1;
    }
}
