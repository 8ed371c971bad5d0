package io.nsqite.sample.deadletter;

import io.nsqite.admin.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A dead letter to show. The stack trace stays inside.
 *
 * @param messageId the message
 * @param topic where it was published
 * @param channel which channel gave it up
 * @param attempts after how many attempts
 * @param error the last failure
 * @param failedAt when
 * @param payload the message's text
 */
record DeadLetterResponse(
        long messageId, String topic, String channel, int attempts, String error, Instant failedAt, String payload) {

    static DeadLetterResponse of(DeadLetter letter) {
        return new DeadLetterResponse(
                letter.message().id(),
                letter.name().topic(),
                letter.name().channel(),
                letter.attempts(),
                letter.error(),
                letter.failedAt(),
                new String(letter.message().payload(), StandardCharsets.UTF_8));
    }
}
