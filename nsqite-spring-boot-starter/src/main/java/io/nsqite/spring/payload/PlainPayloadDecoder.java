package io.nsqite.spring.payload;

import io.nsqite.spring.PayloadDecoder;
import java.nio.charset.StandardCharsets;
import org.springframework.core.ResolvableType;

/** Reads {@code byte[]} as it is and {@code String} as UTF-8; leaves other types to another decoder. */
public final class PlainPayloadDecoder implements PayloadDecoder {

    private final PayloadDecoder others;

    private PlainPayloadDecoder(PayloadDecoder others) {
        this.others = others;
    }

    /** With another decoder for all other types. */
    public static PlainPayloadDecoder orElse(PayloadDecoder others) {
        return new PlainPayloadDecoder(others);
    }

    /** For these two types alone. */
    public static PlainPayloadDecoder alone() {
        return new PlainPayloadDecoder(PlainPayloadDecoder::refuse);
    }

    @Override
    public Reader readerFor(ResolvableType type) {
        Class<?> target = type.resolve();
        if (target == byte[].class) {
            return payload -> payload;
        }
        if (target == String.class) {
            return payload -> new String(payload, StandardCharsets.UTF_8);
        }
        return others.readerFor(type);
    }

    private static Reader refuse(ResolvableType type) {
        throw new IllegalArgumentException(
                "A payload can be read as byte[] or String, but not as %s, without a JsonMapper; %s"
                        .formatted(type, MissingJackson.ADVICE));
    }
}
