package io.nsqite.producer;

import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message checked and encoded, ready to be stored. */
@SuppressWarnings("ArrayRecordComponent") // not copied, for speed
record Outgoing(String topic, @Nullable String key, Map<String, String> headers, byte[] payload) {

    static Outgoing of(@Nullable NewMessage message, PayloadEncoder encoder, int maxPayloadSize) {
        if (message == null) {
            throw new IllegalArgumentException(
                    "The message to publish is null; publish one made by NewMessage.to(topic, payload)");
        }
        PayloadEncoder.Encoded encoded = encoder.encode(message.payload());
        if (encoded.bytes().length > maxPayloadSize) {
            throw new IllegalArgumentException(
                    "The payload of a message for topic '%s' has %d bytes, more than the limit of %d; publish a reference to it, or raise the limit (max-payload-size)"
                            .formatted(message.topic(), encoded.bytes().length, maxPayloadSize));
        }
        return new Outgoing(message.topic(), message.key(), headers(message, encoded), encoded.bytes());
    }

    private static Map<String, String> headers(NewMessage message, PayloadEncoder.Encoded encoded) {
        String contentType = encoded.contentType();
        if (contentType == null || message.headers().containsKey(Message.CONTENT_TYPE)) {
            return message.headers();
        }
        if (message.headers().isEmpty()) {
            return Map.of(Message.CONTENT_TYPE, contentType);
        }
        Map<String, String> headers = new HashMap<>(message.headers());
        headers.put(Message.CONTENT_TYPE, contentType);
        return headers;
    }
}
