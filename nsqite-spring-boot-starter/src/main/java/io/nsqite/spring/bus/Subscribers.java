package io.nsqite.spring.bus;

import io.nsqite.bus.BusSubscription;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.listener.AnnotationScan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The annotated subscribers of an application: checked once all beans exist, subscribed before the web server takes requests, and
 * let go after it has answered the last, so that what requests publish is handled.
 */
public final class Subscribers implements SmartInitializingSingleton, SmartLifecycle {

    /** Below that of the web server, and below that of its graceful end. */
    static final int PHASE = DEFAULT_PHASE - 4096;

    private final ConfigurableListableBeanFactory beanFactory;
    private final ObjectProvider<EventBus> bus;
    private final ConfiguredSubscribers configured;
    private final Duration stopTimeout;
    private final List<PlannedSubscription> planned = new ArrayList<>();
    private final List<BusSubscription> subscriptions = new ArrayList<>();
    private volatile boolean running;

    /**
     * On all beans of a factory.
     *
     * @param bus asked for only if there is a subscriber
     * @param stopTimeout how long handlers may take when the application stops
     */
    public Subscribers(
            ConfigurableListableBeanFactory beanFactory,
            ObjectProvider<EventBus> bus,
            ConfiguredSubscribers configured,
            Duration stopTimeout) {
        this.beanFactory = beanFactory;
        this.bus = bus;
        this.configured = configured;
        this.stopTimeout = stopTimeout;
    }

    /**
     * Finds them.
     *
     * @throws InvalidListenerException if one can't work
     * @throws UnknownSubscriberException if the properties speak of one that does not exist
     */
    @Override
    public void afterSingletonsInstantiated() {
        SubscriptionPlans plans = new SubscriptionPlans(beanFactory, configured);
        Map<String, PlannedSubscription> byId = new TreeMap<>();
        new AnnotationScan<>(beanFactory, NsqiteSubscriber.class)
                .find().stream().map(plans::plan).forEach(plan -> addTo(byId, plan));
        configured.checkIds(byId.keySet());
        planned.addAll(byId.values());
    }

    private static void addTo(Map<String, PlannedSubscription> byId, PlannedSubscription plan) {
        PlannedSubscription other = byId.putIfAbsent(plan.id(), plan);
        if (other != null) {
            throw new InvalidListenerException(
                    plan.name(),
                    "serves '%s', and so does %s".formatted(plan.id(), other.name()),
                    "Give each subscriber a channel of its own; a method of a class with several beans counts once for each");
        }
    }

    @Override
    public void start() {
        if (running) {
            return;
        }
        planned.stream()
                .filter(PlannedSubscription::startsWithApplication)
                .map(plan -> plan.subscribe(bus.getObject()))
                .forEach(subscriptions::add);
        running = true;
    }

    /** All at once, within one limit. */
    @Override
    public void stop() {
        running = false;
        subscriptions.forEach(BusSubscription::end);
        long begin = System.nanoTime();
        for (BusSubscription subscription : subscriptions) {
            Duration left = stopTimeout.minusNanos(System.nanoTime() - begin);
            subscription.stop(left.isNegative() ? Duration.ZERO : left);
        }
        subscriptions.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
