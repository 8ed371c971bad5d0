package io.nsqite.producer;

import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.store.NewRow;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message checked and encoded, ready to be stored. */
@SuppressWarnings("ArrayRecordComponent") // not copied, for speed
record Outgoing(
        NewMessage message,
        Map<String, String> headers,
        byte[] payload,
        @Nullable Long deliverAt) {

    /** @param now when the publisher called, in milliseconds, which a delay counts from */
    static Outgoing of(@Nullable NewMessage message, DefaultProducer.Encoding encoding, long now) {
        if (message == null) {
            throw new IllegalArgumentException(
                    "The message to publish is null; publish one made by NewMessage.to(topic, payload)");
        }
        PayloadEncoder.Encoded encoded = encoding.encoder().encode(message.payload());
        if (encoded.bytes().length > encoding.maxPayloadSize()) {
            throw new IllegalArgumentException(
                    "The payload of a message for topic '%s' has %d bytes, more than the limit of %d; publish a reference to it, or raise the limit (max-payload-size)"
                            .formatted(message.topic(), encoded.bytes().length, encoding.maxPayloadSize()));
        }
        return new Outgoing(message, headers(message, encoded), encoded.bytes(), DeliveryTime.of(message, now));
    }

    String topic() {
        return message.topic();
    }

    /** As a row of the log. */
    NewRow row(long topicId, long publishedAt) {
        return new NewRow(
                topicId,
                message.priority(),
                publishedAt,
                message.key(),
                headers,
                payload,
                deliverAt,
                message.deduplicationKey());
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
