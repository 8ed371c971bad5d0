package io.nsqite.consumer;

import io.nsqite.message.Message;
import io.nsqite.retry.Delays;
import io.nsqite.store.DeliveryRow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** A message in the hands of a handler. What changes is guarded by the monitor, but a return may be marked without it. */
final class Handout implements LeasedDelivery {

    private static final AtomicReferenceFieldUpdater<Handout, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Handout.class, State.class, "state");

    private final Replies replies;
    private final Entry entry;
    private final Message message;
    private final String channel;
    private final int attempt;
    private final boolean lastAttempt;
    private final @Nullable DeliveryRow recorded;
    private final boolean ofRun;
    private volatile State state = State.OPEN;
    private Duration lease = Duration.ZERO;

    /** What is to become of it when the handler's transaction has been rolled back. */
    private @Nullable DeliveryRow verdict;

    private enum State {
        OPEN,
        /** The handler has returned, which is still to be taken in. */
        RETURNED,
        /** The handler has ended, and its transaction decides. */
        CLOSED,
        ANSWERED,
        EXPIRED
    }

    private Handout(
            Replies replies, Entry entry, Message message, int attempt, @Nullable DeliveryRow recorded, boolean ofRun) {
        this.replies = replies;
        this.entry = entry;
        this.message = message;
        this.attempt = attempt;
        this.recorded = recorded;
        this.ofRun = ofRun;
        channel = replies.channel();
        lastAttempt = replies.isLast(attempt);
    }

    /** The first attempt of a message that was read from the log. */
    static Handout first(Replies replies, Entry entry) {
        return new Handout(replies, entry, entry.take(), 1, null, false);
    }

    /** As {@link #first}, of a message that is handed out with others in a run. */
    static Handout ofRun(Replies replies, Entry entry) {
        return new Handout(replies, entry, entry.take(), 1, null, true);
    }

    /** An attempt that is recorded in a row. */
    static Handout recorded(Replies replies, Entry entry, Message message, DeliveryRow row) {
        return new Handout(replies, entry, message, row.attempts(), row, false);
    }

    boolean isOfRun() {
        return ofRun;
    }

    Entry entry() {
        return entry;
    }

    /** Whether the attempt is recorded in a row. */
    boolean isRecorded() {
        return recorded != null;
    }

    /** Whether it is tried again, and so shares no batch with others. */
    boolean isRepeated() {
        return recorded != null && recorded.isTried();
    }

    /** The message's row while the attempt runs, which need not be in the table. */
    DeliveryRow row() {
        return recorded == null ? DeliveryRow.firstAttempt(message) : recorded;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether its handler, or the end of its lease, has decided what becomes of it. */
    boolean isAnswered() {
        return state != State.OPEN && state != State.CLOSED;
    }

    /** How long its lease was, when that is over. */
    Duration lease() {
        return lease;
    }

    /** Takes its answers. */
    Replies replies() {
        return replies;
    }

    /** The handler has returned; false if it had been answered before. Needs no monitor. */
    boolean markReturned() {
        return STATE.compareAndSet(this, State.OPEN, State.RETURNED);
    }

    /** Takes in that the handler has returned; false if it has not. */
    boolean takeReturned() {
        return STATE.compareAndSet(this, State.RETURNED, State.ANSWERED);
    }

    /** It gets its answer now; false if it has one. */
    boolean answer() {
        return STATE.compareAndSet(this, State.OPEN, State.ANSWERED)
                || STATE.compareAndSet(this, State.CLOSED, State.ANSWERED);
    }

    /** The handler can't answer any more; whether it has. */
    boolean close() {
        STATE.compareAndSet(this, State.OPEN, State.CLOSED);
        return verdict != null;
    }

    /** Its transaction has answered, whatever the handler said. */
    void acknowledged() {
        state = State.ANSWERED;
    }

    void expired(Duration itsLease) {
        state = State.EXPIRED;
        lease = itsLease;
    }

    void decided(DeliveryRow row) {
        state = State.ANSWERED;
        verdict = row;
    }

    @Nullable
    DeliveryRow verdict() {
        return verdict;
    }

    @Override
    public Message message() {
        return message;
    }

    @Override
    public String channel() {
        return channel;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean lastAttempt() {
        return lastAttempt;
    }

    @Override
    public void finish() {
        replies.finish(List.of(this));
    }

    @Override
    public void requeue() {
        requeue(Duration.ZERO);
    }

    @Override
    public void requeue(Duration delay) {
        replies.requeue(this, Delays.check("delay", delay));
    }

    @Override
    public void touch() {
        replies.touch(this);
    }

    @Override
    public void lease(Duration length) {
        replies.lease(this, length);
    }

    @Override
    public boolean isExpired() {
        return state == State.EXPIRED;
    }

    @Override
    public void reject(Throwable reason) {
        replies.reject(this, Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public String toString() {
        return "%s.%s: attempt %d of message %d".formatted(message.topic(), channel, attempt, message.id());
    }
}
