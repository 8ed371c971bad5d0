package io.nsqite.spring.http;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** What the interface needs in a native image: answers become JSON by reflection. */
public final class HttpRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        new BindingReflectionHintsRegistrar()
                .registerReflectionHints(
                        hints.reflection(),
                        Problem.class,
                        Topic.class,
                        SubscriberView.class,
                        CreatedSubscriber.class,
                        OptionWish.class,
                        SubscriberOptions.class,
                        Published.class,
                        ReceivedMessage.class);
        hints.resources().registerPattern("io/nsqite/spring/http/" + OpenApi.RESOURCE);
    }
}
