package io.nsqite.bus;

import io.nsqite.message.Names;
import io.nsqite.retry.Delays;
import io.nsqite.wakeup.Deadline;
import io.nsqite.wakeup.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Finds the subscribers of topics. Changes are made one at a time; publishing looks only. */
final class DefaultEventBus implements EventBus {

    private final BusOptions options;
    private final Duration stopTimeout;
    private final Engine engine;
    private final Map<String, Audience> audiences = new ConcurrentHashMap<>();
    private final Map<Place, Subscriber<?>> subscribers = new LinkedHashMap<>();
    private final LongAdder unheard = new LongAdder();
    private volatile boolean closed;

    DefaultEventBus(BusOptions options, Duration stopTimeout, ThreadFactory threads, Timer timer) {
        this.options = options;
        this.stopTimeout = stopTimeout;
        this.engine = new Engine(threads, timer);
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
        if (closed && !result.isComplete()) {
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
        synchronized (subscribers) {
            if (closed) {
                throw closed("subscribe " + place);
            }
            if (subscribers.containsKey(place)) {
                throw new IllegalStateException(
                        "%s has a subscription already: raise its concurrency, or choose another channel"
                                .formatted(place));
            }
            Subscriber<T> subscriber = new Subscriber<>(place, type, chosen, handlings, engine);
            subscribers.put(place, subscriber);
            audiences.compute(place.topic(), (topic, before) -> Audience.with(before, subscriber));
            return new DefaultSubscription(subscriber);
        }
    }

    /** Whether it was there. */
    private boolean remove(Subscriber<?> subscriber) {
        synchronized (subscribers) {
            if (!subscribers.remove(subscriber.place(), subscriber)) {
                return false;
            }
            audiences.computeIfPresent(subscriber.place().topic(), (topic, before) -> before.without(subscriber));
            return true;
        }
    }

    @Override
    public List<BusSubscriptionStatus> subscriptions() {
        synchronized (subscribers) {
            return subscribers.values().stream()
                    .map(Subscriber::status)
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
        List<Subscriber<?>> all;
        synchronized (subscribers) {
            closed = true;
            all = List.copyOf(subscribers.values());
            subscribers.clear();
            audiences.clear();
        }
        all.forEach(Subscriber::end);
        List<BusLeftover> left = new ArrayList<>();
        all.forEach(subscriber -> subscriber.awaitEnd(deadline).ifPresent(left::add));
        engine.timer().close();
        return left;
    }

    @Override
    public void close() {
        stop(stopTimeout);
    }

    private final class DefaultSubscription implements BusSubscription {

        private final Subscriber<?> subscriber;

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
            if (!remove(subscriber)) {
                return Optional.empty();
            }
            subscriber.end();
            return subscriber.awaitEnd(deadline);
        }

        @Override
        public void close() {
            stop(stopTimeout);
        }
    }
}
