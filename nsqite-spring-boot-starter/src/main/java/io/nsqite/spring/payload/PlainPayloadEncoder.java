package io.nsqite.spring.payload;

import io.nsqite.producer.PayloadEncoder;

/** Takes {@code byte[]} as it is and {@code String} as UTF-8; leaves other types to another encoder. */
public final class PlainPayloadEncoder implements PayloadEncoder {

    private static final PayloadEncoder PLAIN = PayloadEncoder.plain();

    private final PayloadEncoder others;

    private PlainPayloadEncoder(PayloadEncoder others) {
        this.others = others;
    }

    /** With another encoder for all other types. */
    public static PlainPayloadEncoder orElse(PayloadEncoder others) {
        return new PlainPayloadEncoder(others);
    }

    /** For these two types alone. */
    public static PlainPayloadEncoder alone() {
        return new PlainPayloadEncoder(PlainPayloadEncoder::refuse);
    }

    @Override
    public Encoded encode(Object payload) {
        boolean plain = payload instanceof byte[] || payload instanceof String;
        return (plain ? PLAIN : others).encode(payload);
    }

    private static Encoded refuse(Object payload) {
        throw new IllegalArgumentException("A payload can be byte[] or String, but not %s, without a JsonMapper; %s"
                .formatted(payload.getClass().getName(), MissingJackson.ADVICE));
    }
}
