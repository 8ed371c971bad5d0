package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.nsqite.NsqiteBuilder;
import io.nsqite.admin.ChannelName;
import io.nsqite.spring.NsqiteBuilderCustomizer;

/** Has what the queue does counted and measured. */
public final class QueueMetrics implements NsqiteBuilderCustomizer {

    private final Meters meters;

    /** In a registry. */
    public QueueMetrics(MeterRegistry registry, BoundedTags tags) {
        meters = new Meters(registry, tags);
    }

    /** A channel was deleted. */
    void forget(ChannelName name) {
        meters.forget(name);
    }

    @Override
    public void customize(NsqiteBuilder builder) {
        MessageMetrics messages = new MessageMetrics(meters);
        builder.publishListener(messages)
                .channelListener(messages)
                .interceptor(new HandlingMetrics(meters))
                .writerListener(new WriterMetrics(meters.registry()));
    }
}
