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

    static DeadLettersDescriptor of(List<DeadLetter> page, PayloadView payloads, int limit) {
        DeadLetter last = page.size() < limit ? null : page.get(page.size() - 1);
        return new DeadLettersDescriptor(
                page.stream()
                        .map(letter -> DeadLetterDescriptor.of(letter, payloads))
                        .toList(),
                last == null ? null : last.cursor().toString());
    }

    /**
     * A dead letter.
     *
     * @param attempts how often it was tried
     * @param error the last failure: class and message
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
                    letter.error(),
                    letter.failedAt(),
                    payloads.describe(letter.message()));
        }
    }
}
