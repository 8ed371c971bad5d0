package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer.State;
import io.nsqite.message.Delivery;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

class ListenerDiscoveryTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner();

    @Test
    void aMethodOfAPackagePrivateBeanIsCalled() {
        runner.withBean(Mail.class).run(context -> {
            context.getBean(QueueDouble.class).consumer("mail").deliver("hello");
            assertThat(context.getBean(Mail.class).seen).containsExactly("hello");
        });
    }

    @Test
    void allListenersAreRegisteredAtOnceAndStarted() {
        runner.withBean(Mail.class).withBean(Stock.class).run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            assertThat(queue.registrations()).isEqualTo(1);
            assertThat(queue.channelNames()).containsExactlyInAnyOrder("mail", "stock", "archive");
            assertThat(queue.all()).allMatch(consumer -> consumer.state() == State.ACTIVE);
        });
    }

    @Test
    void anAnnotationMayBeRepeatedAndEachHasItsOwnChannel() {
        runner.withBean(Stock.class).run(context -> {
            context.getBean(QueueDouble.class).consumer("stock").deliver("a");
            context.getBean(QueueDouble.class).consumer("archive").deliver("b");
            assertThat(context.getBean(Stock.class).seen).containsExactly("a", "b");
        });
    }

    @Test
    void anAnnotationOfOnesOwnCanCarryTheListenerWithAliases() {
        runner.withBean(Composed.class).run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            assertThat(queue.consumer("composed").topic()).isEqualTo("orders");
            assertThat(queue.consumer("composed").options().concurrency()).isEqualTo(3);
        });
    }

    @Test
    void anAnnotationOnAnInterfaceHoldsForWhoImplementsIt() {
        runner.withBean(Answering.class).run(context -> {
            context.getBean(QueueDouble.class).consumer("answers").deliver("hello");
            assertThat(context.getBean(Answering.class).seen).containsExactly("hello");
        });
    }

    @Test
    void aClassThatIsAPayloadHandlerIsCalledWithItsType() {
        runner.withBean(Handler.class).run(context -> {
            context.getBean(QueueDouble.class).consumer("handler").deliver("{\"number\":42}");
            assertThat(context.getBean(Handler.class).seen).containsExactly(new Order(42));
        });
    }

    @Test
    void aSubclassProxyIsCalledThroughTheProxy() {
        runner.withUserConfiguration(SubclassProxy.class).run(context -> {
            assertThat(AopUtils.isCglibProxy(context.getBean(Mail.class))).isTrue();
            context.getBean(QueueDouble.class).consumer("mail").deliver("hello");
            assertThat(context.getBean(Calls.class).seen).containsExactly("proxy", "hello");
        });
    }

    @Test
    void aProxyOfAnInterfaceIsCalledThroughTheProxy() {
        runner.withUserConfiguration(InterfaceProxy.class).run(context -> {
            assertThat(AopUtils.isJdkDynamicProxy(context.getBean(Notifying.class)))
                    .isTrue();
            context.getBean(QueueDouble.class).consumer("notify").deliver("hello");
            assertThat(context.getBean(Calls.class).seen).containsExactly("proxy", "hello");
        });
    }

    @Test
    void aMethodThatOverridesAListenerIsOneAndMayReplaceTheAnnotation() {
        runner.withBean(Overriding.class)
                .run(context -> assertThat(context.getBean(QueueDouble.class).channelNames())
                        .containsExactlyInAnyOrder("kept", "replaced"));
    }

    @Test
    void placeholdersAndExpressionsAreResolved() {
        runner.withBean(Placeholders.class)
                .withPropertyValues("app.topic=from-properties", "app.threads=6")
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(queue.consumer("EXPRESSION").topic()).isEqualTo("from-properties");
                    assertThat(queue.consumer("EXPRESSION").options().concurrency())
                            .isEqualTo(6);
                });
    }

    @Test
    void listenersAreFoundAndStartedWhereBeansAreLazy() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withBean(Mail.class)
                .run(context -> {
                    QueueDouble queue = context.getBean(QueueDouble.class);
                    assertThat(queue.consumer("mail").state()).isEqualTo(State.ACTIVE);
                    queue.consumer("mail").deliver("hello");
                    assertThat(context.getBean(Mail.class).seen).containsExactly("hello");
                });
    }

    @Test
    void anApplicationNeedNotHaveListeners() {
        runner.run(context ->
                assertThat(context.getBean(QueueDouble.class).registrations()).isZero());
    }

    record Order(int number) {}

    static class Mail {

        final List<String> seen = new ArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {
            seen.add(payload);
        }
    }

    static class Stock {

        final List<String> seen = new ArrayList<>();

        @NsqiteListener(topic = "orders", channel = "stock")
        @NsqiteListener(topic = "orders", channel = "archive")
        void on(String payload) {
            seen.add(payload);
        }
    }

    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @NsqiteListener(topic = "orders", channel = "", concurrency = 3)
    @interface OrdersListener {

        @AliasFor(annotation = NsqiteListener.class)
        String channel();
    }

    static class Composed {

        @OrdersListener(channel = "composed")
        void on(String payload) {}
    }

    @NsqiteListener(topic = "orders", channel = "handler")
    static class Handler implements PayloadHandler<Order> {

        final List<Order> seen = new ArrayList<>();

        @Override
        public void handle(Order payload, Delivery delivery) {
            seen.add(payload);
        }
    }

    static class Calls {

        final List<String> seen = new ArrayList<>();
    }

    @Configuration(proxyBeanMethods = false)
    static class SubclassProxy {

        @Bean
        Calls calls() {
            return new Calls();
        }

        @Bean
        Mail mail(Calls calls) {
            ProxyFactory factory = new ProxyFactory(new CallingMail(calls));
            factory.setProxyTargetClass(true);
            factory.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> calls.seen.add("proxy"));
            return (Mail) factory.getProxy();
        }
    }

    static class CallingMail extends Mail {

        private final Calls calls;

        CallingMail(Calls calls) {
            this.calls = calls;
        }

        @Override
        void on(String payload) {
            calls.seen.add(payload);
        }
    }

    interface Answers {

        @NsqiteListener(topic = "orders", channel = "answers")
        void on(String payload);
    }

    interface QuickAnswers extends Answers {}

    static class Answering implements QuickAnswers {

        final List<String> seen = new ArrayList<>();

        @Override
        public void on(String payload) {
            seen.add(payload);
        }
    }

    interface Notifying {

        void on(String payload);
    }

    record Notifier(Calls calls) implements Notifying {

        @Override
        @NsqiteListener(topic = "orders", channel = "notify")
        public void on(String payload) {
            calls.seen.add(payload);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InterfaceProxy {

        @Bean
        Calls calls() {
            return new Calls();
        }

        @Bean
        Notifying notifying(Calls calls) {
            ProxyFactory factory = new ProxyFactory(new Notifier(calls));
            factory.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> calls.seen.add("proxy"));
            return (Notifying) factory.getProxy();
        }
    }

    static class Overridden {

        @NsqiteListener(topic = "orders", channel = "kept")
        void kept(String payload) {}

        @NsqiteListener(topic = "orders", channel = "old")
        void replaced(String payload) {}
    }

    static class Overriding extends Overridden {

        @Override
        void kept(String payload) {}

        @Override
        @NsqiteListener(topic = "orders", channel = "replaced")
        void replaced(String payload) {}
    }

    static class Placeholders {

        @NsqiteListener(
                topic = "${app.topic}",
                channel = "#{'expression'.toUpperCase()}",
                concurrencyString = "${app.threads}")
        void on(String payload) {}
    }
}
