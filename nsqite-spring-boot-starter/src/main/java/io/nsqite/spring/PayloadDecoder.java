package io.nsqite.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Turns stored bytes into what a listener asks for; the counterpart of {@link io.nsqite.producer.PayloadEncoder}. A bean of
 * this type replaces the library's, which reads {@code byte[]} as it is, {@code String} as UTF-8, and anything else as
 * JSON.
 *
 * <p>The type that the listener declares alone decides what is made of the bytes; nothing in the message does. Must be
 * safe for use by many threads.
 */
@FunctionalInterface
public interface PayloadDecoder {

    /**
     * What reads payloads as a type. Asked once for every listener, at start-up.
     *
     * @throws IllegalArgumentException if payloads can't be read as this; the message says why and what to do
     */
    Reader readerFor(ResolvableType type);

    /** Reads payloads as one type. */
    @FunctionalInterface
    interface Reader {

        /**
         * Reads a payload.
         *
         * @return what it says; null if it says so itself, as JSON can
         * @throws Exception if the bytes make no such thing; the message becomes a dead letter at once
         */
        @Nullable
        Object read(byte[] payload) throws Exception;
    }
}
