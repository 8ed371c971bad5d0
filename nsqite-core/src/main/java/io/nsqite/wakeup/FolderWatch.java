package io.nsqite.wakeup;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A bell on Linux's inotify, which tells of each {@code write} to a file. The folder is watched and not the file, as the write-ahead log is
 * deleted and created again; so no descriptor of the database is opened, whose closing would drop SQLite's locks. What lies
 * mapped in memory, like SQLite's index of the log and our side file, is written without a sound.
 *
 * <p>The watch is the JDK's, which has a thread of its own; one more takes what it tells. Both start when the bell is first
 * armed. Whatever fails, there is no watch any more, and who wants to know of commits looks for them as if there never had been one.
 */
final class FolderWatch implements WriteBell {

    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);

    private final Path folder;
    private final Set<Path> files;
    private final String threadName;
    private final Din din = new Din();
    private final AtomicReference<@Nullable Runnable> next = new AtomicReference<>();
    private @Nullable WatchService service;
    private @Nullable WatchKey key;
    private boolean ended;

    /** Does nothing before it is armed. */
    FolderWatch(Path database) {
        Path file = database.toAbsolutePath();
        String name = String.valueOf(file.getFileName());
        folder = file.resolveSibling("");
        files = Set.of(Path.of(name), Path.of(name + "-wal"));
        threadName = "nsqite-watch-" + name;
    }

    /** Elsewhere the JDK looks every few seconds by itself, or is told of writes only when the file is closed. */
    static boolean isPossible() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    @Override
    public synchronized boolean arm(Runnable ring) {
        if (ended || din.isTooLoud(System.nanoTime())) {
            return false;
        }
        next.set(ring); // first: a write may be heard before the registration has returned
        try {
            key = folder.register(
                    service(), StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_CREATE);
            return true;
        } catch (Throwable cause) { // no watches left, no thread, no right to read the folder
            next.set(null);
            giveUp(cause);
            return false;
        }
    }

    private WatchService service() throws IOException {
        WatchService running = service;
        if (running != null) {
            return running;
        }
        WatchService started = folder.getFileSystem().newWatchService();
        service = started;
        Thread thread = new Thread(() -> listen(started), threadName);
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    @Override
    public synchronized void disarm() {
        next.set(null);
        if (key != null) {
            key.cancel();
            key = null;
        }
    }

    private void listen(WatchService heard) {
        try {
            while (true) {
                hear(heard.take());
            }
        } catch (ClosedWatchServiceException closed) {
            log.debug("The watch of {} is closed", folder);
        } catch (Throwable cause) {
            giveUp(cause);
        } finally {
            ring(); // nobody may rely on it any more
        }
    }

    private void hear(WatchKey told) {
        boolean concerned = told.pollEvents().stream().anyMatch(this::concerns);
        if (concerned || din.grows(System.nanoTime())) {
            ring();
        }
        told.reset(); // one that was cancelled, or whose folder is gone, stays silent: that is noticed by looking
    }

    /** An overflow may have been anything. */
    private boolean concerns(WatchEvent<?> event) {
        return event.kind() == StandardWatchEventKinds.OVERFLOW || files.contains(event.context());
    }

    private void ring() {
        Runnable ring = next.getAndSet(null);
        if (ring != null) {
            ring.run();
        }
    }

    private synchronized void giveUp(Throwable cause) {
        if (!ended) {
            log.info(
                    "Writes to {} can't be watched ({}); commits of other processes are looked for at the poll intervals, also while"
                            + " nothing happens",
                    folder,
                    cause.toString());
            log.debug("Why they can't", cause);
        }
        close();
    }

    @Override
    public synchronized void close() {
        ended = true;
        WatchService running = service;
        if (running == null) {
            return;
        }
        service = null;
        key = null;
        try {
            running.close();
        } catch (IOException e) {
            log.debug("The watch of {} could not be closed", folder, e);
        }
    }
}
