package io.nsqite.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Observes another producer, and lets messages carry what links their handlers to the call. While nobody handles observations it does nothing of
 * its own. Safe for use by many threads.
 */
public final class ObservedProducer implements Producer {

    private static final PublishObservationConvention DEFAULT = new DefaultPublishObservationConvention();

    private final Producer producer;
    private final ObservationRegistry registry;
    private final @Nullable PublishObservationConvention convention;

    /**
     * Around a producer.
     *
     * @param convention names and keys; null for the default
     */
    public ObservedProducer(
            Producer producer, ObservationRegistry registry, @Nullable PublishObservationConvention convention) {
        this.producer = producer;
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public long publishTx(String topic, Object payload) {
        return publishTx(NewMessage.to(topic, payload));
    }

    @Override
    public long publishTx(NewMessage message) {
        return observed(message, producer::publishTx);
    }

    @Override
    public List<Long> publishTx(Collection<NewMessage> messages) {
        return observed(messages, producer::publishTx);
    }

    @Override
    public long publishTx(Connection transaction, NewMessage message) {
        return observed(message, carrying -> producer.publishTx(transaction, carrying));
    }

    @Override
    public long publish(String topic, Object payload) {
        return publish(NewMessage.to(topic, payload));
    }

    @Override
    public long publish(NewMessage message) {
        return observed(message, producer::publish);
    }

    @Override
    public List<Long> publish(Collection<NewMessage> messages) {
        return observed(messages, producer::publish);
    }

    @Override
    public boolean cancel(long messageId) {
        return producer.cancel(messageId);
    }

    /** What is null is refused by the producer, which says how. */
    private long observed(@Nullable NewMessage message, ToLongFunction<NewMessage> publishing) {
        if (message == null || registry.isNoop()) {
            return publishing.applyAsLong(message);
        }
        return observed(PublishContext.of(message), carrying -> List.of(publishing.applyAsLong(carrying.get(0))))
                .get(0);
    }

    private List<Long> observed(
            Collection<NewMessage> messages, Function<Collection<NewMessage>, List<Long>> publishing) {
        if (registry.isNoop() || messages.isEmpty() || messages.stream().anyMatch(message -> message == null)) {
            return publishing.apply(messages);
        }
        return observed(PublishContext.of(messages), publishing::apply);
    }

    private List<Long> observed(PublishContext context, Function<List<NewMessage>, List<Long>> publishing) {
        Observation observation = QueueObservation.PUBLISH.observation(convention, DEFAULT, () -> context, registry);
        return observation.observe(() -> {
            List<Long> ids = publishing.apply(context.carrying());
            context.published(ids);
            return ids;
        });
    }
}
