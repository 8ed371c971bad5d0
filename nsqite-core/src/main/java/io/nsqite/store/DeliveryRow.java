package io.nsqite.store;

import io.nsqite.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * A message of a channel that left the straight way.
 *
 * @param dueAt when it is to be tried, in milliseconds: by the wall clock if it is scheduled, by the clock of retries if it is due; else null
 * @param attempts how many executions have begun, the running one included
 * @param failure its last failure; null before the first
 */
public record DeliveryRow(
        long messageId,
        int priority,
        DeliveryState state,
        @Nullable Long dueAt,
        int attempts,
        @Nullable String key,
        @Nullable Failure failure) {

    /**
     * Why an attempt failed.
     *
     * @param error class and message
     * @param stack its stack trace; may be empty
     * @param failedAt when, in milliseconds
     */
    public record Failure(String error, String stack, long failedAt) {}

    /** The first attempt of a message, before it failed. */
    public static DeliveryRow firstAttempt(Message message) {
        return new DeliveryRow(message.id(), message.priority(), DeliveryState.RUNNING, null, 1, message.key(), null);
    }

    /** Whether an attempt has begun before the one that runs or is to come. */
    public boolean isTried() {
        return failure != null || attempts > (state == DeliveryState.RUNNING ? 1 : 0);
    }

    /** The same message, about to be handled once more. */
    public DeliveryRow started() {
        return new DeliveryRow(messageId, priority, DeliveryState.RUNNING, null, attempts + 1, key, failure);
    }

    /** The same message, whose attempt was recorded but did not begin. */
    public DeliveryRow notStarted(DeliveryState newState, @Nullable Long newDueAt) {
        return new DeliveryRow(messageId, priority, newState, newDueAt, attempts - 1, key, failure);
    }

    /** The same message, which waits for an earlier one of its key. */
    public DeliveryRow held() {
        return new DeliveryRow(messageId, priority, DeliveryState.HELD, null, attempts, key, failure);
    }

    /** The same message, given up. */
    public DeliveryRow dead(Failure lastFailure) {
        return new DeliveryRow(messageId, priority, DeliveryState.DEAD, null, attempts, key, lastFailure);
    }

    /** The same message, to be tried again at a time. */
    public DeliveryRow due(long at, @Nullable Failure lastFailure) {
        return new DeliveryRow(messageId, priority, DeliveryState.DUE, at, attempts, key, lastFailure);
    }
}
