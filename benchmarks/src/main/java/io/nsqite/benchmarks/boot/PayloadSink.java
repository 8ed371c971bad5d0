package io.nsqite.benchmarks.boot;

/** Takes what an annotated listener is given. */
@FunctionalInterface
public interface PayloadSink {

    void accept(byte[] payload);
}
