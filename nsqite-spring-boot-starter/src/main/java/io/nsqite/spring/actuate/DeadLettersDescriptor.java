package io.nsqite.spring.actuate;

import io.nsqite.admin.DeadLetter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A page of dead letters, oldest message first.
 *
 * @param deadLetters the dead letters
 * @param next where the next page begins, as the parameter {@code after}; left out on the last page
 */
public record DeadLettersDescriptor(
        List<DeadLetterDescriptor> deadLetters, @Nullable String next) implements OperationResponseBody {

    /**
     * A dead letter.
     *
     * @param attempts how often it was tried
     * @param error the last failure: class and message; the class alone if it may quote a payload that may not be shown
     * @param failedAt when it was given up
     * @param message the message
     */
    public record DeadLetterDescriptor(
            String topic, String channel, int attempts, String error, Instant failedAt, MessageDescriptor message) {

        static DeadLetterDescriptor of(DeadLetter letter, PayloadView payloads) {
            return new DeadLetterDescriptor(
                    letter.name().topic(),
                    letter.name().channel(),
                    letter.attempts(),
                    payloads.describe(letter.error()),
                    letter.failedAt(),
                    payloads.describe(letter.message()));
        }
    }
}
