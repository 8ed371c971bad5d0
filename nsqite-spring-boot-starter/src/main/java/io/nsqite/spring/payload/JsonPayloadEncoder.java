package io.nsqite.spring.payload;

import io.nsqite.producer.PayloadEncoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Writes payloads as JSON with the application's mapper. */
public final class JsonPayloadEncoder implements PayloadEncoder {

    private static final String CONTENT_TYPE = "application/json";

    private final JsonMapper mapper;

    /** With a mapper. */
    public JsonPayloadEncoder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public Encoded encode(Object payload) {
        try {
            return new Encoded(mapper.writeValueAsBytes(payload), CONTENT_TYPE);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "A payload of %s can't be written as JSON: %s; publish a type that the application's JsonMapper can write, or text or bytes"
                            .formatted(payload.getClass().getName(), e.getOriginalMessage()),
                    e);
        }
    }
}
