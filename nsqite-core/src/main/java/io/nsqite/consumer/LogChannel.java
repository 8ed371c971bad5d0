package io.nsqite.consumer;

import io.nsqite.database.Work;
import io.nsqite.message.Message;
import java.sql.SQLException;
import java.util.List;

/**
 * A channel that is read as a log, by whoever in this process has it. For the queue's own faces. Safe for use by many threads.
 *
 * <p>Its methods throw {@link NotServedException} while this process does not have the channel.
 */
public final class LogChannel {

    private final Consumer consumer;
    private final LogSignal signal;

    LogChannel(Consumer consumer, LogSignal signal) {
        this.consumer = consumer;
        this.signal = signal;
    }

    /** What became of a commit. */
    public enum Commit {
        /** It is done, or was before. */
        DONE,
        /** The offset lies before the committed one. */
        BACKWARDS,
        /** The offset lies beyond the end of the log. */
        BEYOND_END,
        /** The log was moved back since that was read, by an operator or a seek. */
        MOVED_BACK,
        /** Another process has the channel. */
        LOST
    }

    /** Takes the channel and gives it back. */
    public Consumer consumer() {
        return consumer;
    }

    /** How often there may have been something new; to be asked before reading. */
    public long signals() {
        return signal.count();
    }

    /** Waits until there may be something new since a number of signals was read, or this process gets or loses the channel. */
    public void await(long signals, long deadlineNanos) throws InterruptedException {
        signal.await(signals, deadlineNanos);
    }

    /** Has those who wait look again. */
    public void wake() {
        signal.give();
    }

    /** What comes after the committed offset, in the order of ids. */
    public List<Message> read(int max) throws SQLException, NotServedException {
        return tenure().read(max);
    }

    /** The committed offset. */
    public long committed() throws SQLException, NotServedException {
        return tenure().committed();
    }

    /** Commits an offset. */
    public Commit commit(long offset) throws SQLException, NotServedException {
        return tenure().commit(offset);
    }

    /** Moves the log to where a look into the database says, or to its end if that is before. */
    public void seek(Target target) throws SQLException, NotServedException {
        LogTenure tenure = tenure();
        tenure.seek(target.of(tenure.claim().channelId()));
    }

    /** Where to seek to. */
    @FunctionalInterface
    public interface Target {

        /** How to find it for a channel. */
        Work<Long> of(long channelId);
    }

    private LogTenure tenure() throws NotServedException {
        return signal.tenure().orElseThrow(NotServedException::new);
    }
}
