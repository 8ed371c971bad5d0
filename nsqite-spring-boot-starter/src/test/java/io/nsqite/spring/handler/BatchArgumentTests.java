package io.nsqite.spring.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.message.Delivery;
import io.nsqite.spring.NsqiteHeaders;
import io.nsqite.spring.doubles.TestDelivery;
import io.nsqite.spring.payload.JsonPayloadDecoder;
import io.nsqite.spring.payload.PlainPayloadDecoder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import tools.jackson.databind.json.JsonMapper;

class BatchArgumentTests {

    private final Probe probe = new Probe();
    private final LocalValidatorFactoryBean validator = validator();
    private final ListenerHandlers handlers = new ListenerHandlers(
            PlainPayloadDecoder.orElse(new JsonPayloadDecoder(new JsonMapper())),
            validator,
            new DefaultListableBeanFactory());

    @Test
    void payloadsAreReadOneByOne() throws Exception {
        handle("amounts", "{\"cents\":1}", "{\"cents\":2}");
        handle("texts", "a", "b");
        assertThat(probe.seen).containsExactly(List.of(new Amount(1), new Amount(2)), List.of("a", "b"));
    }

    @Test
    void aBatchOfOneIsAListToo() throws Exception {
        handler("texts").handle(TestDelivery.of("a"));
        assertThat(probe.seen).containsExactly(List.of("a"));
    }

    @Test
    void aListOfListsHasJsonArraysAsElements() throws Exception {
        handle("lists", "[1,2]", "[3]");
        assertThat(probe.seen).containsExactly(List.of(List.of(1, 2), List.of(3)));
    }

    @Test
    void deliveriesAndMessagesAreGivenAsTheyAreBesideThePayloads() throws Exception {
        List<Delivery> deliveries = deliveries("a", "b");
        handler("everything").handle(deliveries);
        assertThat(probe.seen)
                .containsExactly(
                        List.of("a", "b"),
                        deliveries,
                        deliveries.stream().map(Delivery::message).toList());
    }

    @Test
    void springsMessagesHaveTypedPayloadsAndTheHeaders() throws Exception {
        handle("springMessages", "{\"cents\":1}");
        assertThat(probe.seen).containsExactly(new Amount(1), 7L);
    }

    @Test
    void theListsCantBeChanged() {
        assertThatThrownBy(() -> handle("changing", "a")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anElementThatCantBeReadIsNamedAfterThoseBeforeItWereHandled() {
        assertThatExceptionOfType(BatchElementFailedException.class)
                .isThrownBy(() -> handle("amounts", "{\"cents\":1}", "{\"cents\":2}", "{not json", "{\"cents\":3}"))
                .satisfies(failure -> assertThat(failure.index()).isEqualTo(2))
                .withCauseInstanceOf(UnusableMessageException.class)
                .havingCause()
                .withMessageContaining("Probe.amounts");
        assertThat(probe.seen).containsExactly(List.of(new Amount(1), new Amount(2)));
    }

    @Test
    void theMethodIsNotCalledWhereTheFirstElementCantBeRead() {
        for (String unusable : List.of("{not json", "null")) {
            assertThatExceptionOfType(BatchElementFailedException.class)
                    .isThrownBy(() -> handle("amounts", unusable, "{\"cents\":1}"))
                    .satisfies(failure -> assertThat(failure.index()).isZero())
                    .withCauseInstanceOf(UnusableMessageException.class);
        }
        assertThat(probe.seen).isEmpty();
    }

    @Test
    void elementsAreValidatedOneByOne() {
        assertThatExceptionOfType(BatchElementFailedException.class)
                .isThrownBy(() -> handle("valid", "{\"cents\":1}", "{\"cents\":-1}"))
                .satisfies(failure -> assertThat(failure.index()).isEqualTo(1))
                .withCauseInstanceOf(UnusableMessageException.class)
                .havingCause()
                .withMessageContaining("cents");
        assertThat(probe.seen).containsExactly(List.of(new Amount(1)));
    }

    @Test
    void inATransactionTheMethodIsNotCalledWhereAnElementCantBeRead() {
        assertThatExceptionOfType(BatchElementFailedException.class)
                .isThrownBy(() -> handler("amounts", BatchMode.TRANSACTIONAL)
                        .handle(deliveries("{\"cents\":1}", "{not json", "{\"cents\":3}")))
                .satisfies(failure -> assertThat(failure.index()).isEqualTo(1))
                .withCauseInstanceOf(UnusableMessageException.class);
        assertThat(probe.seen).isEmpty();
    }

    @Test
    void acknowledgedByHandAnElementThatCantBeReadIsRejectedAndTheOthersAreHandled() throws Exception {
        TestDelivery unusable = TestDelivery.of("{not json");
        TestDelivery usable = TestDelivery.of("{\"cents\":1}");
        handler("amounts", BatchMode.MANUAL).handle(List.of(unusable, usable, unusable));
        handler("amounts", BatchMode.MANUAL).handle(List.of(unusable));
        assertThat(probe.seen).containsExactly(List.of(new Amount(1)));
        assertThat(unusable.answers()).hasSize(3).allMatch(answer -> answer.startsWith("reject"));
        assertThat(usable.answers()).isEmpty();
    }

    @Test
    void anElementThatTheMethodNamesIsCountedAsItWasDelivered() {
        assertThatExceptionOfType(BatchElementFailedException.class)
                .isThrownBy(() ->
                        handler("failingAmounts", BatchMode.MANUAL).handle(deliveries("{not json", "{\"cents\":1}")))
                .satisfies(failure -> assertThat(failure.index()).isEqualTo(1))
                .havingRootCause()
                .withMessage("on purpose");
    }

    @Test
    void whatTheMethodThrowsIsThrownAsItIs() {
        assertThatThrownBy(() -> handle("failing", "a", "{not json"))
                .isInstanceOf(BatchElementFailedException.class)
                .hasRootCauseMessage("on purpose");
    }

    private void handle(String method, String... payloads) throws Exception {
        handler(method).handle(deliveries(payloads));
    }

    private static List<Delivery> deliveries(String... payloads) {
        return Stream.of(payloads).<Delivery>map(TestDelivery::of).toList();
    }

    private BatchHandler handler(String name) {
        return handler(name, BatchMode.AUTOMATIC);
    }

    private BatchHandler handler(String name, BatchMode mode) {
        return Arrays.stream(Probe.class.getDeclaredMethods())
                .filter(method -> method.getName().equals(name))
                .findFirst()
                .map(method -> handlers.forBatchMethod(probe, method, mode, "Probe." + name))
                .orElseThrow();
    }

    private static LocalValidatorFactoryBean validator() {
        LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
        validator.afterPropertiesSet();
        return validator;
    }

    record Amount(@Positive int cents) {}

    static class Probe {

        final List<Object> seen = new ArrayList<>();

        void amounts(List<Amount> amounts) {
            seen.add(amounts);
        }

        void texts(List<String> texts) {
            seen.add(texts);
        }

        void lists(List<List<Integer>> lists) {
            seen.add(lists);
        }

        void everything(List<String> texts, List<Delivery> deliveries, List<io.nsqite.message.Message> messages) {
            seen.addAll(List.of(texts, deliveries, messages));
        }

        void springMessages(List<Message<Amount>> messages) {
            for (Message<Amount> message : messages) {
                seen.addAll(List.of(message.getPayload(), message.getHeaders().get(NsqiteHeaders.ID)));
            }
        }

        void changing(List<String> texts) {
            texts.clear();
        }

        void valid(@Payload @Valid List<Amount> amounts) {
            seen.add(amounts);
        }

        void failingAmounts(List<Amount> amounts) {
            throw new BatchElementFailedException(0, new IllegalStateException("on purpose"));
        }

        void failing(List<String> texts) {
            throw new BatchElementFailedException(0, new IllegalStateException("on purpose"));
        }
    }
}
