package io.nsqite.consumer;

import io.nsqite.store.DeliveryRow.Failure;
import java.io.PrintWriter;
import java.io.StringWriter;

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
