package io.nsqite.spring.bus;

import io.nsqite.bus.BusAckMode;
import io.nsqite.bus.BusOptions;
import io.nsqite.message.Names;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.listener.AnnotatedBean;
import java.util.function.Supplier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.util.StringValueResolver;

/** Makes plans of annotations, and refuses those that can't work. */
final class SubscriptionPlans {

    private final ConfigurableListableBeanFactory beanFactory;
    private final ConfiguredSubscribers configured;
    private final BusFailureHandlers failureHandlers;
    private final StringValueResolver placeholders;

    SubscriptionPlans(ConfigurableListableBeanFactory beanFactory, ConfiguredSubscribers configured) {
        this.beanFactory = beanFactory;
        this.configured = configured;
        this.failureHandlers = new BusFailureHandlers(beanFactory);
        this.placeholders = new EmbeddedValueResolver(beanFactory);
    }

    PlannedSubscription plan(AnnotatedBean<NsqiteSubscriber> found) {
        found.checkScope(beanFactory);
        String name = found.name();
        SubscriberReader annotation = new SubscriberReader(found, placeholders);
        String topic = checked(name, "has no valid topic", () -> Names.topic(annotation.topic()));
        String channel = checked(name, "has no valid channel", () -> Names.channel(annotation.channel()));
        SubscriberSettings settings = configured.settings(topic + "." + channel, annotation.settings());
        BusOptions options = checked(name, "has a setting out of range", () -> settings.on(BusOptions.defaults()));
        SubscriberMethod handler = SubscriberMethod.of(beanFactory.getBean(found.beanName()), found);
        return new PlannedSubscription(
                name,
                topic,
                channel,
                settings.startsWithApplication(),
                options.withAckMode(ackMode(found, handler))
                        .withFailureHandler(failureHandlers.of(name, settings.errorHandler())),
                handler);
    }

    private static BusAckMode ackMode(AnnotatedBean<NsqiteSubscriber> found, SubscriberMethod handler) {
        if (found.annotation().ackMode() == AckMode.AUTO) {
            return BusAckMode.AUTO;
        }
        if (!handler.takesDelivery()) {
            throw new InvalidListenerException(
                    found.name(),
                    "has ackMode = MANUAL, but takes no BusDelivery to answer with",
                    "Add an argument of BusDelivery, or remove the ackMode");
        }
        return BusAckMode.MANUAL;
    }

    private static <T> T checked(String subscriber, String problem, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new InvalidListenerException(
                    subscriber,
                    "%s: %s".formatted(problem, e.getMessage()),
                    "Correct it in the annotation, or in the properties nsqite.bus.subscribers[<topic>.<channel>].* or"
                            + " nsqite.bus.subscriber.*.",
                    e);
        }
    }
}
