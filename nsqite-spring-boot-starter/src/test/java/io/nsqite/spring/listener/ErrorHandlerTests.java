package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.FailureHandler;
import io.nsqite.consumer.FailureHandler.Verdict;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.ListenerRegistration;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** Which bean judges the failures of which listener. */
class ErrorHandlerTests {

    private static final FailureHandler FIRST = (delivery, failure) -> Verdict.done();
    private static final FailureHandler SECOND = (delivery, failure) -> Verdict.dead();

    private final ApplicationContextRunner runner =
            QueueDoubleConfiguration.runner().withBean(Mail.class).withBean(Named.class);
    private final ApplicationContextRunner two = runner.withBean("first", FailureHandler.class, () -> FIRST)
            .withBean("second", FailureHandler.class, () -> SECOND);

    @Test
    void anAnnotationNamesABean() {
        two.withPropertyValues("app.handler=second")
                .run(context -> assertThat(handler(context, "named")).isSameAs(SECOND));
    }

    @Test
    void theOnlyBeanIsForAllThatNameNone() {
        runner.withBean("first", FailureHandler.class, () -> FIRST)
                .withPropertyValues("app.handler=")
                .run(context -> {
                    assertThat(handler(context, "mail")).isSameAs(FIRST);
                    assertThat(handler(context, "named")).isSameAs(FIRST);
                });
    }

    @Test
    void ofSeveralBeansThePrimaryOneIsForAllThatNameNone() {
        runner.withBean("first", FailureHandler.class, () -> FIRST)
                .withBean("second", FailureHandler.class, () -> SECOND, definition -> definition.setPrimary(true))
                .withPropertyValues("app.handler=first")
                .run(context -> {
                    assertThat(handler(context, "mail")).isSameAs(SECOND);
                    assertThat(handler(context, "named")).isSameAs(FIRST);
                });
    }

    @Test
    void ofSeveralBeansNoneIsForAll() {
        two.withPropertyValues("app.handler=first")
                .run(context -> assertThat(handler(context, "mail")).isNull());
    }

    @Test
    void aBeanThatIsNoDefaultIsOnlyForThoseThatNameIt() {
        runner.withBean(
                        "first",
                        FailureHandler.class,
                        () -> FIRST,
                        definition -> ((AbstractBeanDefinition) definition).setDefaultCandidate(false))
                .withPropertyValues("app.handler=first")
                .run(context -> {
                    assertThat(handler(context, "mail")).isNull();
                    assertThat(handler(context, "named")).isSameAs(FIRST);
                });
    }

    @Test
    void aPropertyOfAllIsWeakerThanTheAnnotationAndOneOfTheListenerIsStronger() {
        ApplicationContextRunner all =
                two.withPropertyValues("app.handler=first", "nsqite.listener.error-handler=second");
        all.run(context -> {
            assertThat(handler(context, "mail")).isSameAs(SECOND);
            assertThat(handler(context, "named")).isSameAs(FIRST);
        });
        all.withPropertyValues("nsqite.listeners[orders.named].error-handler=second")
                .run(context -> assertThat(handler(context, "named")).isSameAs(SECOND));
    }

    @Test
    void aRegistrationInCodeHasTheOneOfAllOrItsOwnOrNone() {
        FailureHandler own = (delivery, failure) -> Verdict.asConfigured();
        two.withPropertyValues(
                        "app.handler=first",
                        "nsqite.listener.error-handler=second",
                        "nsqite.listeners[configured].error-handler=first")
                .withBean(NsqiteListenerConfigurer.class, () -> registry -> {
                    registry.register(ListenerRegistration.of("inherited", "orders", "inherited", delivery -> {}));
                    registry.register(registration("own", own));
                    registry.register(registration("none", null));
                    registry.register(registration("configured", own));
                })
                .run(context -> {
                    assertThat(handler(context, "inherited")).isSameAs(SECOND);
                    assertThat(handler(context, "own")).isSameAs(own);
                    assertThat(handler(context, "none")).isNull();
                    assertThat(handler(context, "configured")).isSameAs(FIRST);
                });
    }

    private static ListenerRegistration registration(String id, @Nullable FailureHandler handler) {
        return ListenerRegistration.of(id, "orders", id, delivery -> {})
                .withOptions(options -> options.withFailureHandler(handler));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app.handler", "nsqite.listener.error-handler", "nsqite.listeners[orders.named].error-handler"})
    void aNameThatNoBeanHasEndsTheStart(String property) {
        two.withPropertyValues("app.handler=", property + "=third")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining(".on(String) has the error handler 'third', but there is no such bean;"
                                + " of FailureHandler there are [first, second]"));
    }

    @Test
    void aBeanThatJudgesNoFailuresEndsTheStart() {
        two.withPropertyValues("app.handler=queue")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining(Named.class.getName() + ".on(String)")
                        .hasMessageContaining(
                                "that bean is a " + QueueDouble.class.getName() + " and no FailureHandler"));
    }

    private static @Nullable FailureHandler handler(ApplicationContext context, String channel) {
        return context.getBean(QueueDouble.class).consumer(channel).options().failureHandler();
    }

    static class Mail {

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {}
    }

    static class Named {

        @NsqiteListener(topic = "orders", channel = "named", errorHandler = "${app.handler:}")
        void on(String payload) {}
    }
}
