package io.nsqite.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.proxies;
import static org.springframework.aot.hint.predicate.RuntimeHintsPredicates.reflection;

import io.nsqite.spring.NsqiteSubscriber;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;

/** What subscribers need in a native image. */
class SubscriberHintsTests {

    private final RuntimeHints hints = new RuntimeHints();

    static class Chart {

        @NsqiteSubscriber(topic = "prices", channel = "chart")
        void draw(String event) {}

        @NsqiteSubscriber(topic = "prices", channel = "a")
        @NsqiteSubscriber(topic = "prices", channel = "b")
        void twice(String event) {}
    }

    @Test
    void theMethodsOfSubscribersAreCalled() {
        new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Chart.class);
        assertThat(reflection().onMethodInvocation(Chart.class, "draw")).accepts(hints);
        assertThat(reflection().onMethodInvocation(Chart.class, "twice")).accepts(hints);
    }

    @Test
    void theAnnotationIsReadWithAliases() {
        new NsqiteRuntimeHints().registerHints(hints, null);
        assertThat(proxies().forInterfaces(NsqiteSubscriber.class)).accepts(hints);
    }
}
