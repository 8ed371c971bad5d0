package io.nsqite.benchmarks.bus;

/**
 * What is published.
 *
 * @param payload its bytes
 */
record Event(byte[] payload) {}
