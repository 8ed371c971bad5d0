package io.nsqite.consumer;

import io.nsqite.message.Delivery;
import io.nsqite.retry.Delays;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a message whose attempt has failed, in place of the settings or after having looked at the failure.
 *
 * <pre>{@code
 * options.withFailureHandler((delivery, failure) -> failure instanceof AddressUnknown
 *         ? Verdict.done()          // nothing can be done, and nobody has to know
 *         : Verdict.asConfigured());
 * }</pre>
 *
 * <p>Runs on the thread of the handler, after its transaction, if it had one, was rolled back. If it throws, the message goes on as configured, and what was thrown
 * is kept with the failure. Called for every failed message of a batch.
 */
@FunctionalInterface
public interface FailureHandler {

    /** What is to become of it. */
    Verdict judge(Delivery delivery, Throwable failure);

    /** What becomes of a message. Immutable. */
    final class Verdict {

        private static final Verdict AS_CONFIGURED = new Verdict(Kind.AS_CONFIGURED, null);
        private static final Verdict DEAD = new Verdict(Kind.DEAD, null);
        private static final Verdict DONE = new Verdict(Kind.DONE, null);

        /** What can become of a message. */
        enum Kind {
            AS_CONFIGURED,
            RETRY,
            DEAD,
            DONE
        }

        private final Kind kind;
        private final @Nullable Duration delay;

        private Verdict(Kind kind, @Nullable Duration delay) {
            this.kind = kind;
            this.delay = delay;
        }

        /** As if there were no such handler: backoff, number of attempts and what is fatal decide. */
        public static Verdict asConfigured() {
            return AS_CONFIGURED;
        }

        /**
         * It is tried again, even if the failure counts as fatal, unless this was the last attempt.
         *
         * @param delay after so long; zero or more, to the millisecond
         * @throws IllegalArgumentException if the delay is negative or too long to be counted in milliseconds
         */
        public static Verdict retryAfter(Duration delay) {
            return new Verdict(Kind.RETRY, Delays.check("delay", delay));
        }

        /** It becomes a dead letter now. */
        public static Verdict dead() {
            return DEAD;
        }

        /** The failure does not matter: the message is done. What its handler wrote in its transaction is rolled back all the same. */
        public static Verdict done() {
            return DONE;
        }

        Kind kind() {
            return kind;
        }

        Duration delay() {
            return Objects.requireNonNull(delay, "delay");
        }

        @Override
        public String toString() {
            return delay == null ? kind.toString() : kind + " after " + delay;
        }
    }
}
