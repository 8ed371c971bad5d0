package io.nsqite.spring.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.bus.BusDelivery;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteSubscriber;
import io.nsqite.spring.autoconfigure.NsqiteBusAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.scheduling.annotation.Async;

/** What can't work ends the start, and says where, what and what to do. */
class InvalidSubscriberTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(NsqiteBusAutoConfiguration.class));

    private void assertInvalid(Class<?> bean, String... parts) {
        assertFails(runner.withBean(bean), InvalidListenerException.class, parts);
    }

    private static void assertFails(ApplicationContextRunner wrong, Class<? extends Throwable> type, String... parts) {
        wrong.run(context -> {
            assertThat(context).hasFailed();
            Throwable failure = context.getStartupFailure();
            assertThat(failure).isInstanceOf(type);
            assertThat(failure.getMessage()).contains(parts);
        });
    }

    static class TwoEvents {
        @NsqiteSubscriber(topic = "t", channel = "c")
        void handle(String one, String two) {}
    }

    static class NoEvent {
        @NsqiteSubscriber(topic = "t", channel = "c")
        void handle() {}
    }

    static class AnyDelivery {
        @NsqiteSubscriber(topic = "t", channel = "c")
        @SuppressWarnings("rawtypes")
        void handle(BusDelivery delivery) {}
    }

    static class NoAnswers {
        @NsqiteSubscriber(topic = "t", channel = "c", ackMode = AckMode.MANUAL)
        void handle(String event) {}
    }

    static class PrivateMethod {
        @NsqiteSubscriber(topic = "t", channel = "c")
        private void handle(String event) {}
    }

    static class Asynchronous {
        @Async
        @NsqiteSubscriber(topic = "t", channel = "c")
        void handle(String event) {}
    }

    static class Returning {
        @NsqiteSubscriber(topic = "t", channel = "c")
        String handle(String event) {
            return event;
        }
    }

    static class BadTopic {
        @NsqiteSubscriber(topic = "no topic", channel = "c")
        void handle(String event) {}
    }

    static class BadNumber {
        @NsqiteSubscriber(topic = "t", channel = "c", concurrencyString = "many")
        void handle(String event) {}
    }

    static class TwoNumbers {
        @NsqiteSubscriber(topic = "t", channel = "c", queueSize = 1, queueSizeString = "2")
        void handle(String event) {}
    }

    static class OutOfRange {
        @NsqiteSubscriber(topic = "t", channel = "c", queueSize = 0)
        void handle(String event) {}
    }

    static class NoHandler {
        @NsqiteSubscriber(topic = "t", channel = "c", errorHandler = "missing")
        void handle(String event) {}
    }

    static class Fine {
        @NsqiteSubscriber(topic = "t", channel = "c")
        void handle(String event) {}
    }

    @Test
    void argumentsThatCanNotBeMade() {
        assertInvalid(TwoEvents.class, "TwoEvents.handle(String, String)", "2 arguments", "Take one argument");
        assertInvalid(NoEvent.class, "NoEvent.handle()", "0 arguments");
        assertInvalid(AnyDelivery.class, "AnyDelivery", "of which class");
        assertInvalid(NoAnswers.class, "MANUAL", "BusDelivery");
    }

    @Test
    void methodsThatCanNotBeCalled() {
        assertInvalid(PrivateMethod.class, "PrivateMethod", "is private");
        assertInvalid(Asynchronous.class, "Asynchronous", "@Async");
        assertInvalid(Returning.class, "Returning", "returns java.lang.String");
    }

    @Test
    void attributesThatCanNotBe() {
        assertInvalid(BadTopic.class, "no valid topic", "'no topic'");
        assertInvalid(BadNumber.class, "concurrencyString", "many");
        assertInvalid(TwoNumbers.class, "both queueSize and queueSizeString");
        assertInvalid(OutOfRange.class, "queueSize must be 1 to", "nsqite.bus.subscriber");
        assertInvalid(NoHandler.class, "missing", "BusFailureHandler");
    }

    @Test
    void twoSubscribersOfOneChannel() {
        assertFails(
                runner.withBean("one", Fine.class).withBean("two", Fine.class),
                InvalidListenerException.class,
                "serves 't.c', and so does",
                "a channel of its own");
    }

    @Test
    void aBeanOfWhichThereMayBeSeveral() {
        RootBeanDefinition prototype = new RootBeanDefinition(Fine.class);
        prototype.setScope("prototype");
        assertFails(
                runner.withInitializer(
                        context -> ((GenericApplicationContext) context).registerBeanDefinition("fine", prototype)),
                InvalidListenerException.class,
                "not a singleton");
    }

    @Test
    void propertiesOfASubscriberThatThereIsNot() {
        assertFails(
                runner.withBean(Fine.class).withPropertyValues("nsqite.bus.subscribers[t.d].concurrency=2"),
                UnknownSubscriberException.class,
                "[t.d]",
                "[t.c]",
                "nsqite.bus.subscribers[prices.chart]");
    }

    @Test
    void propertiesOutOfRange() {
        assertFails(
                runner.withBean(Fine.class).withPropertyValues("nsqite.bus.subscribers[t.c].concurrency=0"),
                InvalidListenerException.class,
                "concurrency must be 1 to 1000 but was 0");
        runner.withPropertyValues("nsqite.bus.subscriber.when-full=explode")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("nsqite.bus.subscriber.when-full"));
    }
}
