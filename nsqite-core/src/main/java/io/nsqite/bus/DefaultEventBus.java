package io.nsqite.bus;

import io.nsqite.message.Names;
import io.nsqite.retry.Delays;
import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Finds the subscribers of topics. Changes are made one at a time; publishing looks only. */
final class DefaultEventBus implements EventBus {

    private final BusOptions options;
    private final Duration stopTimeout;
    private final Engine engine;
    private final Map<String, Audience> audiences = new ConcurrentHashMap<>();
    private final Map<Place, DefaultSubscription> subscriptions = new LinkedHashMap<>();
    private final BusListener listener;
    private final LongAdder unheard = new LongAdder();
    private volatile boolean closed;

    DefaultEventBus(BusOptions options, Duration stopTimeout, Engine engine, BusListener listener) {
        this.options = options;
        this.stopTimeout = stopTimeout;
        this.engine = engine;
        this.listener = listener;
    }

    @Override
    public PublishResult publish(String topic, Object event) {
        return give(topic, event, null);
    }

    @Override
    public PublishResult publish(String topic, Object event, Duration timeout) {
        return give(topic, event, Delays.check("timeout", timeout));
    }

    private PublishResult give(String topic, Object event, @Nullable Duration timeout) {
        Objects.requireNonNull(event, "event");
        Audience audience = audiences.get(topic);
        if (audience == null) {
            return unheard(topic);
        }
        PublishResult result = audience.publish(event, timeout);
        if (closed && !audience.isCovered(result)) {
            throw closed("publish to " + topic);
        }
        return result.isUnheard() ? unheard(topic) : result;
    }

    private PublishResult unheard(String topic) {
        Names.topic(topic);
        if (closed) {
            throw closed("publish to " + topic);
        }
        unheard.increment();
        return PublishResult.UNHEARD;
    }

    private static IllegalStateException closed(String wanted) {
        return new IllegalStateException(
                "The event bus is closed, so it can't %s: publish and subscribe before it is stopped"
                        .formatted(wanted));
    }

    @Override
    public <T> BusSubscription subscribe(String topic, String channel, Class<T> type, EventHandler<T> handler) {
        return subscribe(topic, channel, type, options, handler);
    }

    @Override
    public <T> BusSubscription subscribe(
            String topic, String channel, Class<T> type, BusOptions chosen, EventHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        if (chosen.ackMode() == BusAckMode.MANUAL) {
            throw new IllegalArgumentException(
                    "With ackMode MANUAL events are answered through their deliveries, which an EventHandler does not get: subscribe a BusHandler");
        }
        return add(new Place(topic, channel), type, chosen, settling -> new EventHandling<>(handler, settling));
    }

    @Override
    public <T> BusSubscription subscribe(String topic, String channel, Class<T> type, BusHandler<T> handler) {
        return subscribe(topic, channel, type, options, handler);
    }

    @Override
    public <T> BusSubscription subscribe(
            String topic, String channel, Class<T> type, BusOptions chosen, BusHandler<T> handler) {
        Objects.requireNonNull(handler, "handler");
        Place place = new Place(topic, channel);
        return add(
                place,
                type,
                chosen,
                chosen.ackMode() == BusAckMode.AUTO
                        ? settling -> new DeliveryHandling<>(place, handler, settling)
                        : settling ->
                                new ManualHandling<>(place, handler, settling, new Leases(engine.timer(), chosen)));
    }

    private <T> BusSubscription add(Place place, Class<T> type, BusOptions chosen, HandlingFactory<T> handlings) {
        if (type.isPrimitive()) {
            throw new IllegalArgumentException(
                    "Events are objects, but the type is %s: subscribe to its wrapper class".formatted(type));
        }
        synchronized (subscriptions) {
            if (closed) {
                throw closed("subscribe " + place);
            }
            if (subscriptions.containsKey(place)) {
                throw new IllegalStateException(
                        "%s has a subscription already: raise its concurrency, or choose another channel"
                                .formatted(place));
            }
            Subscriber<T> subscriber = new Subscriber<>(place, type, chosen, handlings, engine);
            DefaultSubscription subscription = new DefaultSubscription(subscriber);
            subscriptions.put(place, subscription);
            audiences.compute(place.topic(), (topic, before) -> Audience.with(before, subscriber));
            listener.subscribed(subscription);
            return subscription;
        }
    }

    /** Whether it was there. */
    private boolean remove(DefaultSubscription subscription) {
        Subscriber<?> leaving = subscription.subscriber;
        synchronized (subscriptions) {
            if (!subscriptions.remove(leaving.place(), subscription)) {
                return false;
            }
            audiences.computeIfPresent(leaving.place().topic(), (topic, before) -> before.without(leaving));
            listener.ended(subscription);
            return true;
        }
    }

    @Override
    public List<BusSubscriptionStatus> subscriptions() {
        synchronized (subscriptions) {
            return subscriptions.values().stream()
                    .map(DefaultSubscription::status)
                    .sorted(Comparator.comparing(BusSubscriptionStatus::topic)
                            .thenComparing(BusSubscriptionStatus::channel))
                    .toList();
        }
    }

    @Override
    public long unheard() {
        return unheard.sum();
    }

    @Override
    public List<BusLeftover> stop(Duration limit) {
        long deadline = Deadline.after(limit);
        List<DefaultSubscription> all;
        synchronized (subscriptions) {
            if (closed) {
                return List.of(); // who was first still needs the timer
            }
            closed = true;
            all = new ArrayList<>(subscriptions.values());
            subscriptions.clear();
            audiences.clear();
            all.forEach(listener::ended);
        }
        all.forEach(subscription -> subscription.subscriber.end());
        List<BusLeftover> left = new ArrayList<>();
        all.forEach(subscription -> subscription.awaitEnd(deadline).ifPresent(left::add));
        engine.timer().close();
        return left;
    }

    @Override
    public void close() {
        stop(stopTimeout);
    }

    private final class DefaultSubscription implements BusSubscription {

        private final Subscriber<?> subscriber;
        private final AtomicBoolean awaited = new AtomicBoolean();

        DefaultSubscription(Subscriber<?> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public String topic() {
            return subscriber.place().topic();
        }

        @Override
        public String channel() {
            return subscriber.place().channel();
        }

        @Override
        public BusSubscriptionStatus status() {
            return subscriber.status();
        }

        @Override
        public Optional<BusLeftover> stop(Duration limit) {
            long deadline = Deadline.after(limit);
            end();
            return awaitEnd(deadline);
        }

        @Override
        public void end() {
            if (remove(this)) {
                subscriber.end();
            }
        }

        /** Once: who asks again has had his answer. */
        private Optional<BusLeftover> awaitEnd(long deadline) {
            return awaited.compareAndSet(false, true) ? subscriber.awaitEnd(deadline) : Optional.empty();
        }

        @Override
        public void close() {
            stop(stopTimeout);
        }
    }
}
