package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nsqite.message.Delivery;
import io.nsqite.spring.AckMode;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadHandler;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import jakarta.transaction.Transactional.TxType;
import jakarta.validation.Valid;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Acknowledgement, transactions, order and batches: what does not go together ends the start. */
class InvalidModeTests {

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
                arguments(ManualWithoutDelivery.class, ".on(String)", "takes no Delivery to answer with"),
                arguments(ManualAndTransactional.class, ".on(String, Delivery)", "ackMode = MANUAL and transactional"),
                arguments(ManagerWithoutTransaction.class, ".on(String)", "transactionManager = \"mine\", but is not"),
                arguments(OwnTransaction.class, ".on(String)", "own @Transactional says REQUIRES_NEW"),
                arguments(NoTransactionHere.class, ".on(String)", "own @Transactional says NOT_SUPPORTED"),
                arguments(OwnTransactionOfHandler.class, "", "own @Transactional says REQUIRES_NEW"),
                arguments(OwnTransactionOfHandlerClass.class, "", "own @Transactional says NEVER"),
                arguments(OwnJakartaTransaction.class, ".on(String)", "own @Transactional says REQUIRES_NEW"),
                arguments(NoJakartaTransaction.class, ".on(String)", "own @Transactional says NOT_SUPPORTED"),
                arguments(NeverInJakartaTransaction.class, ".on(String)", "own @Transactional says NEVER"),
                arguments(JoiningOfItsOwn.class, ".handle(String, Delivery)", "there is no PlatformTransactionManager"),
                arguments(NoTransactionManager.class, ".on(String)", "there is no PlatformTransactionManager"),
                arguments(UnknownTransactionManager.class, ".on(String)", "\"mine\", but there is no such bean"),
                arguments(OrderedBatch.class, ".on(List)", "both ordered = true and batchSize = 10"),
                arguments(EmptyBatch.class, ".on(List)", "batchSize must be 1 to 10000 but was 0"),
                arguments(MalformedBatchSize.class, ".on(List)", "has 'some' as its batchSizeString"),
                arguments(TwoBatchSizes.class, ".on(List)", "both batchSize and batchSizeString"),
                arguments(BatchOfOne.class, ".on(String)", "its argument java.lang.String is no List"),
                arguments(BatchOfNothing.class, ".on()", "has a batchSize, but no argument"),
                arguments(BatchWithHeader.class, ".on(List, String)", "annotated with @Header"),
                arguments(BatchOfAnything.class, ".on(List)", "does not say what the elements"),
                arguments(BatchOfTwoPayloads.class, ".on(List, List)", "2 arguments that could be the payloads"),
                arguments(BatchNothingToValidateWith.class, ".on(List)", "nothing to validate it with"),
                arguments(BatchManualWithoutDelivery.class, ".on(List)", "takes no Delivery to answer with"),
                arguments(DeliveriesWithoutBatch.class, ".on(List)", "but has no batchSize"),
                arguments(BatchHandlerClass.class, "", "a PayloadHandler takes one message at a time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-size=10", "ack-lease=1s", "hold-key-behind-dead-letter=true"})
    void aPropertyThatMeansNothingToItsListenerIsRefused(String property) {
        runner.withBean(Automatic.class)
                .withPropertyValues("nsqite.listeners[orders.mail]." + property)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Automatic.on(String)")
                        .hasMessageContaining("has the property nsqite.listeners[orders.mail]."
                                + property.substring(0, property.indexOf('='))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nsqite.listener.ack-lease=0s",
                "nsqite.listeners[orders.mail].ack-lease=366d",
                "nsqite.listener.ack-lease=P106751991167300D"
            })
    void aLeaseOutOfRangeIsRefused(String property) {
        runner.withBean(Manual.class)
                .withPropertyValues(property)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Manual.on(Delivery)")
                        .hasMessageContaining("ackLease must be 1 ms to 365 days"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nsqite.listener.backoff.max-delay=P106751991167300D",
                "nsqite.listeners[orders.mail].backoff.max-delay=366000d"
            })
    void aBackoffOutOfRangeIsRefused(String property) {
        runner.withBean(Manual.class)
                .withPropertyValues(property)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Manual.on(Delivery)")
                        .hasMessageContaining("maxDelay must be zero or more, up to 365000 days, but was"));
    }

    @Test
    void anOrderedListenerThatThePropertiesMakeABatchListenerIsRefused() {
        runner.withBean(OrderedBatchOfOne.class)
                .withPropertyValues("nsqite.listeners[orders.mail].batch-size=3")
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("both ordered = true and batchSize = 3"));
    }

    static class Automatic {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {}
    }

    static class ManualWithoutDelivery {
        @NsqiteListener(topic = "orders", channel = "mail", ackMode = AckMode.MANUAL)
        void on(String payload) {}
    }

    static class ManualAndTransactional {
        @NsqiteListener(topic = "orders", channel = "mail", ackMode = AckMode.MANUAL, transactional = true)
        void on(String payload, Delivery delivery) {}
    }

    static class ManagerWithoutTransaction {
        @NsqiteListener(topic = "orders", channel = "mail", transactionManager = "mine")
        void on(String payload) {}
    }

    static class OwnTransaction {
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        public void on(String payload) {}
    }

    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    static class NoTransactionHere {
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        public void on(String payload) {}
    }

    @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
    static class OwnTransactionOfHandler implements PayloadHandler<String> {
        @Override
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void handle(String payload, Delivery delivery) {}
    }

    @Transactional(propagation = Propagation.NEVER)
    @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
    static class OwnTransactionOfHandlerClass implements PayloadHandler<String> {
        @Override
        public void handle(String payload, Delivery delivery) {}
    }

    static class OwnJakartaTransaction {
        @jakarta.transaction.Transactional(TxType.REQUIRES_NEW)
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        public void on(String payload) {}
    }

    @jakarta.transaction.Transactional(TxType.NOT_SUPPORTED)
    static class NoJakartaTransaction {
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        public void on(String payload) {}
    }

    static class NeverInJakartaTransaction {
        @jakarta.transaction.Transactional(TxType.NEVER)
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        public void on(String payload) {}
    }

    @Transactional(propagation = Propagation.NEVER)
    static class JoiningOfItsOwn implements PayloadHandler<String> {
        @Override
        @Transactional
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        public void handle(String payload, Delivery delivery) {}
    }

    static class NoTransactionManager {
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true)
        void on(String payload) {}
    }

    static class UnknownTransactionManager {
        @NsqiteListener(topic = "orders", channel = "mail", transactional = true, transactionManager = "mine")
        void on(String payload) {}
    }

    static class OrderedBatch {
        @NsqiteListener(topic = "orders", channel = "mail", ordered = true, batchSize = 10)
        void on(List<String> payloads) {}
    }

    static class EmptyBatch {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 0)
        void on(List<String> payloads) {}
    }

    static class MalformedBatchSize {
        @NsqiteListener(topic = "orders", channel = "mail", batchSizeString = "some")
        void on(List<String> payloads) {}
    }

    static class TwoBatchSizes {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10, batchSizeString = "10")
        void on(List<String> payloads) {}
    }

    static class BatchOfOne {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
        void on(String payload) {}
    }

    static class BatchOfNothing {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
        void on() {}
    }

    static class BatchWithHeader {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
        void on(List<String> payloads, @Header("tenant") String tenant) {}
    }

    static class BatchOfAnything {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
        void on(List<?> payloads) {}
    }

    static class BatchOfTwoPayloads {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
        void on(List<String> payloads, List<Integer> numbers) {}
    }

    static class BatchNothingToValidateWith {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
        void on(@Valid List<String> payloads) {}
    }

    static class BatchManualWithoutDelivery {
        @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10, ackMode = AckMode.MANUAL)
        void on(List<String> payloads) {}
    }

    static class DeliveriesWithoutBatch {
        @NsqiteListener(topic = "orders", channel = "mail")
        void on(List<Delivery> deliveries) {}
    }

    @NsqiteListener(topic = "orders", channel = "mail", batchSize = 10)
    static class BatchHandlerClass implements PayloadHandler<String> {
        @Override
        public void handle(String payload, Delivery delivery) {}
    }

    static class Manual {
        @NsqiteListener(topic = "orders", channel = "mail", ackMode = AckMode.MANUAL)
        void on(Delivery delivery) {}
    }

    static class OrderedBatchOfOne {
        @NsqiteListener(topic = "orders", channel = "mail", ordered = true, batchSize = 1)
        void on(List<String> payloads) {}
    }
}
