package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** Failures as they are stored. */
final class Failures {

    private static final int MAX_ERROR = 1000;
    private static final int MAX_STACK = 16_000;

    private Failures() {}

    static Failure of(Throwable failure, long now) {
        return new Failure(cut(describe(failure), MAX_ERROR), cut(stack(failure), MAX_STACK), now);
    }

    /** For a message during whose handling processes ended, as often as it may be tried. */
    static Failure processEnded(int attempts, long now) {
        return new Failure(
                "The process ended while handling the message, at each of %d attempts".formatted(attempts), "", now);
    }

    /** For a message that its handler wanted again after its last attempt. */
    static Failure requeuedAtLast(int attempts, long now) {
        return new Failure("The message was requeued at the last of its %d attempts".formatted(attempts), "", now);
    }

    /** For a message in manual mode that nobody answered. */
    static Failure notAnswered(Duration lease, long now) {
        return new Failure("The delivery was neither answered nor touched within its lease of " + lease, "", now);
    }

    /** For a message that was in a batch of which another one failed: no attempt of its own, but it was received. */
    static Failure ofAnother(long now) {
        return new Failure("Another message of its batch failed", "", now);
    }

    /** The first of a type among a failure and its causes. */
    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // causes may go round in a circle
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static String describe(Throwable failure) {
        try {
            return String.valueOf(failure.toString());
        } catch (Throwable unprintable) { // it is the application's, and may throw anything
            return failure.getClass().getName();
        }
    }

    private static String stack(Throwable failure) {
        try {
            StringWriter stack = new StringWriter();
            failure.printStackTrace(new PrintWriter(stack));
            return stack.toString();
        } catch (Throwable unprintable) {
            return "";
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }
}
