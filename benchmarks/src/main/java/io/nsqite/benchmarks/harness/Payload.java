package io.nsqite.benchmarks.harness;

import java.nio.ByteBuffer;

/** What messages carry: their number, and bytes to fill them up. */
public final class Payload {

    private Payload() {}

    /**
     * A payload with a number in it.
     *
     * @param size in bytes; at least 8
     */
    public static byte[] of(long number, int size) {
        byte[] bytes = new byte[size];
        ByteBuffer.wrap(bytes).putLong(number);
        return bytes;
    }

    /** The number in a payload. */
    public static long number(byte[] payload) {
        return ByteBuffer.wrap(payload).getLong();
    }
}
