package io.nsqite.spring.actuate;

import io.nsqite.admin.MessageProgress;
import io.nsqite.message.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What is shown of messages: what publishers put into them may be nobody else's business. */
enum PayloadView {
    /** All. */
    SHOWN,
    /** Without payload and headers. */
    HIDDEN;

    /** The name of the exception, as errors are stored as texts. */
    private static final String UNUSABLE = "io.nsqite.spring.handler.UnusableMessageException";

    MessageDescriptor describe(Message message) {
        boolean shown = this == SHOWN;
        return new MessageDescriptor(
                message.id(),
                message.key(),
                message.priority(),
                message.publishedAt(),
                message.payload().length,
                shown ? text(message.payload()) : null,
                shown ? message.headers() : null);
    }

    /** An error, which quotes the payload where that could not be read. */
    String describe(String error) {
        return this == SHOWN || !mayQuotePayload(error)
                ? error
                : UNUSABLE + ": hidden, as it may quote the payload; see nsqite.actuator.show-payloads, or the log";
    }

    /** A failure; the stack quotes what the error does. */
    MessageProgress.@Nullable Failure describe(MessageProgress.@Nullable Failure failure) {
        return failure == null || this == SHOWN || !mayQuotePayload(failure.error())
                ? failure
                : new MessageProgress.Failure(describe(failure.error()), "", failure.failedAt());
    }

    private static boolean mayQuotePayload(String error) {
        return error.startsWith(UNUSABLE);
    }

    private static String text(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return Base64.getEncoder().encodeToString(payload);
        }
    }
}
