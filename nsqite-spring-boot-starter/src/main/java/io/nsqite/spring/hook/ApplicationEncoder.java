package io.nsqite.spring.hook;

import io.nsqite.producer.PayloadEncoder;

/**
 * The encoder that the application chose. A bean, so that where there are several, Spring's report tells who wanted one of them.
 *
 * @param payloadEncoder the encoder
 */
public record ApplicationEncoder(PayloadEncoder payloadEncoder) {}
