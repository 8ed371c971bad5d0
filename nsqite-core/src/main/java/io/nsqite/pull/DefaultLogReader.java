package io.nsqite.pull;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.DefaultConsumers;
import io.nsqite.consumer.Engine;
import io.nsqite.consumer.LogChannel;
import io.nsqite.consumer.NotServedException;
import io.nsqite.error.DatabaseException;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.message.Message;
import io.nsqite.sqlite.SecondWriterException;
import io.nsqite.wakeup.Deadline;
import io.nsqite.wakeup.EpochMillis;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Says what goes wrong in the words of its callers. */
final class DefaultLogReader implements LogReader, Face {

    private final Engine engine;
    private final DefaultConsumers consumers;
    private final LogChannel channel;
    private final Serving serving;

    /** Not started. */
    DefaultLogReader(Engine engine, DefaultConsumers consumers, LogChannel channel) {
        this.engine = engine;
        this.consumers = consumers;
        this.channel = channel;
        serving = new Serving(engine, channel.consumer());
    }

    DefaultLogReader start() {
        consumers.startNow(channel.consumer());
        return this;
    }

    @Override
    public String topic() {
        return channel.consumer().topic();
    }

    @Override
    public String group() {
        return channel.consumer().channel();
    }

    @Override
    public List<Message> fetch(int maxMessages) {
        int max = Limits.maxMessages(maxMessages);
        serving.require();
        return read(max);
    }

    @Override
    public List<Message> fetch(int maxMessages, Duration wait) throws InterruptedException {
        int max = Limits.maxMessages(maxMessages);
        long deadline = Deadline.after(Limits.waiting(wait));
        serving.require();
        long signals = channel.signals();
        List<Message> found = read(max);
        while (found.isEmpty() && deadline - System.nanoTime() > 0 && !serving.isOver()) {
            channel.await(signals, deadline);
            signals = channel.signals();
            found = read(max);
        }
        return found;
    }

    /** Nothing while it is undecided who serves the channel, or nobody does any more. */
    private List<Message> read(int max) {
        try {
            return channel.read(max);
        } catch (NotServedException e) {
            if (!serving.isOver()) {
                serving.requireNow();
            }
            return List.of();
        } catch (SecondWriterException e) { // an operator's change has to be written first
            throw secondWriter("Reading the log %s, which an operator has changed,".formatted(serving), e);
        } catch (SQLException e) {
            throw failed("Reading the log %s".formatted(serving), e);
        }
    }

    private interface Call<T> {
        T run() throws SQLException, NotServedException;
    }

    private <T> T call(String what, Call<T> call) {
        serving.require();
        try {
            return call.run();
        } catch (NotServedException e) {
            serving.requireNow();
            throw new DeliveryLostException(
                    "%s failed: another process had %s meanwhile, or this one is about to take it; fetch again"
                            .formatted(what, serving));
        } catch (SecondWriterException e) {
            throw secondWriter(what, e);
        } catch (SQLException e) {
            throw failed(what, e);
        }
    }

    private static IllegalStateException secondWriter(String what, SecondWriterException e) {
        return new IllegalStateException("%s failed: %s".formatted(what, e.getMessage()), e);
    }

    private RuntimeException failed(String what, SQLException e) {
        return engine.database().translated(new DatabaseException(what + " failed", e));
    }

    @Override
    public long committed() {
        return call("Reading the offset of %s".formatted(serving), channel::committed);
    }

    @Override
    public void commit(long offset) {
        String what = "Committing %d of %s".formatted(offset, serving);
        LogChannel.Commit commit = call(what, () -> channel.commit(offset));
        switch (commit) {
            case DONE -> {}
            case BACKWARDS ->
                throw new IllegalArgumentException(
                        "%s failed: it is committed beyond that already; seek(%d) goes back".formatted(what, offset));
            case BEYOND_END ->
                throw new IllegalArgumentException(
                        "%s failed: the log ends before that; commit the id of a message that was fetched"
                                .formatted(what));
            case MOVED_BACK, LOST ->
                throw new DeliveryLostException(
                        "%s failed: the group was moved back, by an operator or a seek, since that was fetched; fetch again"
                                .formatted(what));
        }
    }

    @Override
    public void seek(long offset) {
        String what = "Seeking %d in %s".formatted(offset, serving);
        long newest =
                call(what, () -> engine.database().reader().read(engine.store().messages()::newestId));
        if (offset < 0 || offset > newest) {
            throw new IllegalArgumentException(
                    "%s failed: offsets are 0 to %d, the end of the log".formatted(what, newest));
        }
        seek(what, id -> connection -> offset);
    }

    @Override
    public void seekToEarliest() {
        seek(
                "Seeking the beginning of %s".formatted(serving),
                id -> connection ->
                        engine.store().operator().reach(connection, id).oldest());
    }

    @Override
    public void seekToLatest() {
        seek("Seeking the end of %s".formatted(serving), id -> engine.store().messages()::newestId);
    }

    @Override
    public void seek(Instant from) {
        long millis = EpochMillis.of(from);
        seek(
                "Seeking %s in %s".formatted(from, serving),
                id -> connection -> engine.store().operator().firstPublishedSince(connection, millis) - 1);
    }

    private void seek(String what, LogChannel.Target target) {
        Boolean unused = call(what, () -> {
            channel.seek(target);
            return true;
        });
    }

    @Override
    public void close() {
        Consumer consumer = channel.consumer();
        consumers.abandon(consumer);
        channel.wake();
    }

    @Override
    public void queueClosed() {
        channel.wake();
    }

    @Override
    public String toString() {
        return "log reader of " + serving;
    }
}
