package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.retry.Delays;
import io.nsqite.store.DeliveryRow;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A message in the hands of a handler. What changes is guarded by the monitor. */
final class Handout implements Delivery {

    private final Answers answers;
    private final Entry entry;
    private final Message message;
    private final String channel;
    private final int attempt;
    private final boolean lastAttempt;
    private final @Nullable DeliveryRow recorded;
    private State state = State.OPEN;

    /** What is to become of it when the handler's transaction has been rolled back. */
    private @Nullable DeliveryRow verdict;

    private enum State {
        OPEN,
        ANSWERED,
        EXPIRED
    }

    private Handout(Answers answers, Entry entry, Message message, int attempt, @Nullable DeliveryRow recorded) {
        this.answers = answers;
        this.entry = entry;
        this.message = message;
        this.attempt = attempt;
        this.recorded = recorded;
        channel = answers.channel();
        lastAttempt = answers.isLast(attempt);
    }

    /** The first attempt of a message that was read from the log. */
    static Handout first(Answers answers, Entry entry) {
        return new Handout(answers, entry, entry.take(), 1, null);
    }

    /** An attempt that is recorded in a row. */
    static Handout recorded(Answers answers, Entry entry, Message message, DeliveryRow row) {
        return new Handout(answers, entry, message, row.attempts(), row);
    }

    Entry entry() {
        return entry;
    }

    /** Whether the attempt is recorded in a row. */
    boolean isRecorded() {
        return recorded != null;
    }

    /** The message's row while the attempt runs, which need not be in the table. */
    DeliveryRow row() {
        return recorded == null ? DeliveryRow.firstAttempt(message) : recorded;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isExpired() {
        return state == State.EXPIRED;
    }

    void answered() {
        state = State.ANSWERED;
    }

    void expired() {
        state = State.EXPIRED;
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
        answers.finish(this);
    }

    @Override
    public void requeue() {
        requeue(Duration.ZERO);
    }

    @Override
    public void requeue(Duration delay) {
        answers.requeue(this, Delays.check("delay", delay));
    }

    @Override
    public void touch() {
        answers.touch(this);
    }

    @Override
    public void reject(Throwable reason) {
        answers.reject(this, Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public String toString() {
        return "%s.%s: attempt %d of message %d".formatted(message.topic(), channel, attempt, message.id());
    }
}
