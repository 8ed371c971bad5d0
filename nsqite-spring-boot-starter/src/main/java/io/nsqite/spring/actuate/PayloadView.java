package io.nsqite.spring.actuate;

import io.nsqite.message.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is shown of messages: what publishers put into them may be nobody else's business. */
enum PayloadView {
    /** All. */
    SHOWN,
    /** Without payload and headers. */
    HIDDEN;

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
