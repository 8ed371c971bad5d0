package io.nsqite.benchmarks.queue;

import io.nsqite.admin.ChannelName;
import io.nsqite.benchmarks.bare.BareConnection;
import io.nsqite.benchmarks.harness.Level;
import io.nsqite.benchmarks.harness.PreparedLog;
import io.nsqite.benchmarks.harness.TemporaryFolder;
import io.nsqite.message.NewMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Databases with many messages that wait in {@link Names#CHANNEL}. Each is made once, when it is first asked for. */
public final class Backlogs implements AutoCloseable {

    private final TemporaryFolder folder;
    private final int payload;

    /**
     * Keeps them in a folder of their own, which is deleted in the end.
     *
     * @param payload the size of the messages' payloads in bytes
     */
    public Backlogs(Path directory, int payload) throws IOException {
        this.folder = TemporaryFolder.in(directory);
        this.payload = payload;
    }

    /** A fresh copy for each run. */
    public PreparedLog copies(int messages) {
        return run -> Files.copy(database("backlog", messages, List.of(Names.CHANNEL)), run.database());
    }

    /** One file for all runs, each of which rewinds what it consumed. Behind the messages is one in {@link Names#RARE_CHANNEL}. */
    public PreparedLog shared(int messages) {
        return run -> database("backlog-and-rare", messages, List.of(Names.CHANNEL, Names.RARE_CHANNEL));
    }

    private Path database(String name, int messages, List<ChannelName> channels) throws SQLException {
        Path database = folder.path().resolve("%s-%d.db".formatted(name, messages));
        if (!Files.exists(database)) {
            make(database, messages, channels);
        }
        return database;
    }

    private void make(Path database, int messages, List<ChannelName> channels) throws SQLException {
        try (CoreQueue queue = CoreQueue.open(database, Level.NORMAL)) {
            queue.register(channels, delivery -> {});
            Publishing.publish(queue.producer(), messages, Publishing.messages(Names.TOPIC, payload));
            if (channels.contains(Names.RARE_CHANNEL)) {
                queue.producer().publish(NewMessage.to(Names.RARE_TOPIC, new byte[payload]));
            }
        }
        // a copy is made of the database alone, without its log
        try (BareConnection connection = BareConnection.open(database, Level.NORMAL)) {
            connection.number("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
