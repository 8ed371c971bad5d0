package io.nsqite.spring.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.nsqite.Nsqite;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/** What can be seen of the queue at any moment: what channels have before them, what is in hand, and how large the write-ahead log is. */
public final class QueueGauges implements MeterBinder, ApplicationListener<ContextRefreshedEvent> {

    private final Nsqite nsqite;
    private final BoundedTags tags;
    private final QueueMetrics metrics;
    private final Duration refreshInterval;
    private final List<ChannelBoard> boards = new CopyOnWriteArrayList<>();

    /**
     * Of a queue.
     *
     * @param metrics are told of channels that there are no more
     * @param refreshInterval how often the database is looked into at the most
     */
    public QueueGauges(Nsqite nsqite, BoundedTags tags, QueueMetrics metrics, Duration refreshInterval) {
        this.nsqite = nsqite;
        this.tags = tags;
        this.metrics = metrics;
        this.refreshInterval = refreshInterval;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        WalFile wal = WalFile.of(nsqite.file());
        Gauge.builder(QueueMeter.WAL_SIZE.getName(), wal::size)
                .baseUnit(QueueMeter.WAL_SIZE.getBaseUnit())
                .description(QueueMeter.WAL_SIZE.description())
                .register(registry);
        ChannelReadings readings =
                new ChannelReadings(nsqite.admin(), registry.config().clock(), refreshInterval);
        ChannelBoard board = new ChannelBoard(registry, tags, readings, nsqite.consumers(), metrics::forget);
        boards.add(board);
        board.showConsumers();
    }

    /** All listeners are registered by now; a registry may be bound earlier. */
    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        boards.forEach(ChannelBoard::showConsumers);
    }
}
