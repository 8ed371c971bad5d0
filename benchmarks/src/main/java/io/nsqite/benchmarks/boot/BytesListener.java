package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.queue.Names;
import io.nsqite.spring.NsqiteListener;

/** A listener as users write it. */
final class BytesListener {

    private final PayloadSink sink;

    BytesListener(PayloadSink sink) {
        this.sink = sink;
    }

    @NsqiteListener(topic = Names.TOPIC, channel = Names.LISTENER)
    void handle(byte[] payload) {
        sink.accept(payload);
    }
}
