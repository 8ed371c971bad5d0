package io.nsqite.admin;

import io.nsqite.store.DeliveryRow;
import io.nsqite.store.StatusStore.MessageLine;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a channel does with a message. Successful attempts leave nothing behind, so of a message that is done no attempts are known.
 *
 * @param name the channel
 * @param state how far it is
 * @param attempts how many attempts are recorded: those that failed, and the one that runs if it is not the first
 * @param dueAt when it is to be tried; null if its time has come, or if it does not wait for one
 * @param lastFailure the last failure; null if there was none, or the message is done
 */
public record MessageProgress(
        ChannelName name,
        State state,
        int attempts,
        @Nullable Instant dueAt,
        @Nullable Failure lastFailure) {

    /** How far a channel is with a message. */
    public enum State {
        /** It waits for its first attempt, or is in it. */
        WAITING,
        /** It waits for the time that its publisher has chosen. */
        SCHEDULED,
        /** It waits for another attempt. */
        RETRYING,
        /** It is in an attempt that was recorded when it began: another than the first, or one after a crash. */
        RUNNING,
        /** It waits for an earlier message of its key. */
        HELD,
        /** It is a dead letter. */
        DEAD,
        /** It was handled, discarded or purged, or lies before where the channel began. */
        DONE
    }

    /**
     * Why an attempt failed.
     *
     * @param error class and message
     * @param stack its stack trace; empty where there was no exception
     * @param failedAt when
     */
    public record Failure(String error, String stack, Instant failedAt) {

        static @Nullable Failure of(DeliveryRow.@Nullable Failure failure) {
            return failure == null
                    ? null
                    : new Failure(failure.error(), failure.stack(), Instant.ofEpochMilli(failure.failedAt()));
        }
    }

    static MessageProgress of(String topic, MessageLine line) {
        ChannelName name = new ChannelName(topic, line.channel());
        DeliveryRow delivery = line.delivery();
        if (delivery == null) {
            return new MessageProgress(name, line.settled() ? State.DONE : State.WAITING, 0, null, null);
        }
        Long dueAt = line.dueAt();
        return new MessageProgress(
                name,
                withRow(delivery),
                delivery.attempts(),
                dueAt == null ? null : Instant.ofEpochMilli(dueAt),
                Failure.of(delivery.failure()));
    }

    private static State withRow(DeliveryRow delivery) {
        return switch (delivery.state()) {
            case DUE -> delivery.isTried() ? State.RETRYING : State.WAITING;
            case SCHEDULED -> State.SCHEDULED;
            case RUNNING -> State.RUNNING;
            case HELD -> State.HELD;
            case DEAD -> State.DEAD;
        };
    }
}
