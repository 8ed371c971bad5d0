package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Clock;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.message.Delivery;
import io.nsqite.message.Message;
import io.nsqite.producer.PublishListener;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Counts what happens to messages, and measures how long they take from the commit to the handler. */
final class MessageMetrics implements PublishListener, ChannelListener {

    private final Meters meters;
    private final Clock clock;
    private final CommitTimes commits = new CommitTimes();

    MessageMetrics(Meters meters) {
        this.meters = meters;
        clock = meters.registry().config().clock();
    }

    @Override
    public void published(String topic, List<Long> messageIds) {
        long now = clock.monotonicTime();
        messageIds.forEach(id -> commits.committed(id, now));
        meters.published(topic).increment(messageIds.size());
    }

    @Override
    public void handedOut(Delivery delivery) {
        ChannelMeters channel = of(delivery);
        channel.delivered().increment();
        if (delivery.attempt() > 1) {
            channel.retried().increment();
        }
    }

    @Override
    public void arrived(Delivery delivery) {
        of(delivery).latency().record(sinceCommit(delivery.message()), TimeUnit.NANOSECONDS);
    }

    /** What another process published, or this one long ago, has nothing but the time of the call, in milliseconds. */
    private long sinceCommit(Message message) {
        OptionalLong committed = commits.of(message.id());
        long nanos = committed.isPresent()
                ? clock.monotonicTime() - committed.getAsLong()
                : TimeUnit.MILLISECONDS.toNanos(
                        clock.wallTime() - message.publishedAt().toEpochMilli());
        return Math.max(0, nanos);
    }

    @Override
    public void succeeded(Delivery delivery) {
        of(delivery).succeeded().increment();
    }

    @Override
    public void requeued(Delivery delivery) {
        of(delivery).requeued().increment();
    }

    @Override
    public void failed(Delivery delivery, String error) {
        of(delivery).failed().increment();
    }

    @Override
    public void dead(DeadMessage message) {
        meters.of(message.topic(), message.channel()).dead().increment();
    }

    private ChannelMeters of(Delivery delivery) {
        return meters.of(delivery.message().topic(), delivery.channel());
    }
}
