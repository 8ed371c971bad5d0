package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nsqite.message.Delivery;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import jakarta.validation.Valid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.scheduling.annotation.Async;

/** Every mistake ends the start with a message that names the method. */
class InvalidListenerTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner();

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void aMistakeEndsTheStartAndNamesTheMethod(Class<?> listener, String method, String problem) {
        runner.withBean(listener)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining(listener.getName() + method)
                        .hasMessageContaining(problem));
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments(EmptyTopic.class, ".on(String)", "has no valid topic"),
                arguments(MalformedChannel.class, ".on(String)", "'not/valid'"),
                arguments(UnknownPlaceholder.class, ".on(String)", "${no.such.property}"),
                arguments(NoConcurrency.class, ".on(String)", "concurrency must be 1 to 1000 but was 0"),
                arguments(NegativeAttempts.class, ".on(String)", "maxAttempts must be 1 or more"),
                arguments(BadBackoff.class, ".on(String)", "jitter must be 0 to 1 but was 2.0"),
                arguments(MalformedBackoff.class, ".on(String)", "has 'soon' as its backoff.delay"),
                arguments(MalformedNumber.class, ".on(String)", "has 'many' as its concurrencyString"),
                arguments(MalformedAutoStartup.class, ".on(String)", "has 'perhaps' as its autoStartup"),
                arguments(TwoNumbers.class, ".on(String)", "both concurrency and concurrencyString"),
                arguments(SameChannel.class, ".second(String)", "serves the channel 'orders.mail', and so does"),
                arguments(SameId.class, ".second(String)", "has the id 'mine', and so does"),
                arguments(Returning.class, ".on(String)", "returns java.lang.String"),
                arguments(AsyncMethod.class, ".on(String)", "is @Async"),
                arguments(AsyncClass.class, ".on(String)", "is @Async"),
                arguments(AsyncHandler.class, "", "is @Async"),
                arguments(PrivateMethod.class, ".on(String)", "is private"),
                arguments(StaticMethod.class, ".on(String)", "is static"),
                arguments(TwoPayloads.class, ".on(String, String)", "2 arguments that could be the payload"),
                arguments(TwoPayloadsOneAnnotated.class, ".on(String, String)", "2 arguments"),
                arguments(PayloadExpression.class, ".on(String)", "expression in @Payload"),
                arguments(NothingToValidateWith.class, ".on(String)", "nothing to validate it with"),
                arguments(NotAHandler.class, "", "does not implement PayloadHandler"),
                arguments(RawHandler.class, "", "does not say what its payload is read as"));
    }

    @Test
    void aBeanThatIsNotASingletonIsRefused() {
        runner.withBean(Fine.class, Fine::new, definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Fine.on(String)")
                        .hasMessageContaining("not a singleton"));
    }

    @Test
    void aScopedBeanBehindAProxyIsRefused() {
        runner.withUserConfiguration(ScopedBean.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Fine.on(String)")
                        .hasMessageContaining("not a singleton"));
    }

    @Test
    void twoBeansOfOneClassWithAListenerAreRefused() {
        runner.withBean("one", Fine.class)
                .withBean("two", Fine.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("once for each"));
    }

    @Test
    void aFinalMethodOfAProxiedBeanIsRefused() {
        runner.withUserConfiguration(ProxiedFinal.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("FinalMethod.on(String)")
                        .hasMessageContaining("is final"));
    }

    @Test
    void propertiesOfAListenerThatDoesNotExistEndTheStart() {
        runner.withBean(Fine.class)
                .withPropertyValues("nsqite.listeners[orders.mial].concurrency=4")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(UnknownListenerException.class)
                        .hasMessageContaining("[orders.mial]")
                        .hasMessageContaining("[orders.mail]"));
    }

    @Test
    void aNumberOutOfRangeInThePropertiesNamesTheMethodToo() {
        runner.withBean(Fine.class)
                .withPropertyValues("nsqite.listeners[orders.mail].concurrency=1001")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Fine.on(String)")
                        .hasMessageContaining("1001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.String", "no.such.Exception"})
    void aFailureInThePropertiesThatIsNoneIsRefused(String failure) {
        runner.withBean(Fine.class)
                .withPropertyValues("nsqite.listeners[orders.mail].retry-for=" + failure)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining(failure)
                        .hasStackTraceContaining("nsqite.listeners"));
    }

    @Test
    void nothingIsRegisteredWhereOneListenerIsWrong() {
        runner.withBean(Fine.class)
                .withBean(EmptyTopic.class)
                .run(context -> assertThat(context).hasFailed());
    }

    static class Fine {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {}
    }

    static class ScopedBean {
        @Bean
        @Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
        Fine fine() {
            return new Fine();
        }
    }

    static class FinalMethod {
        @NsqiteListener(topic = "orders", channel = "mail")
        final void on(String payload) {}
    }

    static class ProxiedFinal {
        @Bean
        FinalMethod finalMethod() {
            ProxyFactory factory = new ProxyFactory(new FinalMethod());
            factory.setProxyTargetClass(true);
            return (FinalMethod) factory.getProxy();
        }
    }

    static class EmptyTopic {
        @NsqiteListener(topic = "", channel = "mail")
        void on(String payload) {}
    }

    static class MalformedChannel {
        @NsqiteListener(topic = "orders", channel = "not/valid")
        void on(String payload) {}
    }

    static class UnknownPlaceholder {
        @NsqiteListener(topic = "${no.such.property}", channel = "mail")
        void on(String payload) {}
    }

    static class NoConcurrency {
        @NsqiteListener(topic = "orders", channel = "mail", concurrency = 0)
        void on(String payload) {}
    }

    static class NegativeAttempts {
        @NsqiteListener(topic = "orders", channel = "mail", maxAttempts = -1)
        void on(String payload) {}
    }

    static class BadBackoff {
        @NsqiteListener(topic = "orders", channel = "mail", backoff = @Backoff(jitter = "2"))
        void on(String payload) {}
    }

    static class MalformedBackoff {
        @NsqiteListener(topic = "orders", channel = "mail", backoff = @Backoff(delay = "soon"))
        void on(String payload) {}
    }

    static class MalformedNumber {
        @NsqiteListener(topic = "orders", channel = "mail", concurrencyString = "many")
        void on(String payload) {}
    }

    static class MalformedAutoStartup {
        @NsqiteListener(topic = "orders", channel = "mail", autoStartup = "perhaps")
        void on(String payload) {}
    }

    static class TwoNumbers {
        @NsqiteListener(topic = "orders", channel = "mail", concurrency = 1, concurrencyString = "2")
        void on(String payload) {}
    }

    static class SameChannel {
        @NsqiteListener(topic = "orders", channel = "mail")
        void first(String payload) {}

        @NsqiteListener(id = "other", topic = "orders", channel = "mail")
        void second(String payload) {}
    }

    static class SameId {
        @NsqiteListener(id = "mine", topic = "orders", channel = "mail")
        void first(String payload) {}

        @NsqiteListener(id = "mine", topic = "orders", channel = "stock")
        void second(String payload) {}
    }

    static class Returning {
        @NsqiteListener(topic = "orders", channel = "mail")
        String on(String payload) {
            return payload;
        }
    }

    static class AsyncMethod {
        @Async
        @NsqiteListener(topic = "orders", channel = "mail")
        public void on(String payload) {}
    }

    @Async
    static class AsyncClass {
        @NsqiteListener(topic = "orders", channel = "mail")
        public void on(String payload) {}
    }

    @NsqiteListener(topic = "orders", channel = "mail")
    static class AsyncHandler implements PayloadHandler<String> {
        @Async
        @Override
        public void handle(String payload, Delivery delivery) {}
    }

    static class PrivateMethod {
        @NsqiteListener(topic = "orders", channel = "mail")
        private void on(String payload) {}
    }

    static class StaticMethod {
        @NsqiteListener(topic = "orders", channel = "mail")
        static void on(String payload) {}
    }

    static class TwoPayloads {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload, String tenant) {}
    }

    static class TwoPayloadsOneAnnotated {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(@Payload String payload, String tenant) {}
    }

    static class PayloadExpression {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(@Payload("name") String payload) {}
    }

    static class NothingToValidateWith {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(@Valid String payload) {}
    }

    @NsqiteListener(topic = "orders", channel = "mail")
    static class NotAHandler {}

    @SuppressWarnings("rawtypes")
    @NsqiteListener(topic = "orders", channel = "mail")
    static class RawHandler implements PayloadHandler {
        @Override
        public void handle(Object payload, Delivery delivery) {}
    }
}
