package io.nsqite.spring.handler;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.MessageHandler;
import io.nsqite.message.Delivery;
import io.nsqite.spring.NsqiteHeaders;
import io.nsqite.spring.doubles.TestDelivery;
import io.nsqite.spring.payload.JsonPayloadDecoder;
import io.nsqite.spring.payload.PlainPayloadDecoder;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;
import tools.jackson.databind.json.JsonMapper;

class ListenerArgumentTests {

    private static final String ORDER = "{\"number\":42,\"customer\":\"ann\"}";

    private final Probe probe = new Probe();
    private final LocalValidatorFactoryBean validator = validator();
    private final ListenerHandlers handlers = new ListenerHandlers(
            PlainPayloadDecoder.orElse(new JsonPayloadDecoder(new JsonMapper())),
            validator,
            new DefaultListableBeanFactory());

    @Test
    void bytesAreGivenAsTheyAre() throws Exception {
        handler("bytes").handle(TestDelivery.of(new byte[] {0, -1}, Map.of()));
        assertThat(probe.seen).containsExactly(new byte[] {0, -1});
    }

    @Test
    void textIsReadAsUtf8EvenIfItLooksLikeJson() throws Exception {
        handler("text").handle(TestDelivery.of("\"Zoë\""));
        assertThat(probe.seen).containsExactly("\"Zoë\"");
    }

    @Test
    void emptyPayloadsAreGivenToListenersOfBytesAndText() throws Exception {
        handler("bytes").handle(TestDelivery.of(""));
        handler("text").handle(TestDelivery.of(""));
        assertThat(probe.seen).containsExactly(new byte[0], "");
    }

    @Test
    void otherTypesAreReadAsJson() throws Exception {
        handler("order").handle(TestDelivery.of(ORDER));
        assertThat(probe.seen).containsExactly(new Order(42, "ann"));
    }

    @Test
    void genericTypesKeepTheirElements() throws Exception {
        handler("orders").handle(TestDelivery.of("[" + ORDER + "]"));
        handler("maybe").handle(TestDelivery.of(ORDER));
        handler("byName").handle(TestDelivery.of("{\"a\":[" + ORDER + "]}"));
        handler("array").handle(TestDelivery.of("[" + ORDER + "]"));
        Order order = new Order(42, "ann");
        assertThat(probe.seen)
                .containsExactly(List.of(order), Optional.of(order), Map.of("a", List.of(order)), List.of(order));
    }

    @Test
    void aTypeVariableIsReadAsWhatTheBeansClassMakesOfIt() throws Exception {
        OrderProbe bean = new OrderProbe();
        Method method = Arrays.stream(Generic.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals("all"))
                .findFirst()
                .orElseThrow();
        handlers.forMethod(bean, method, "all").handle(TestDelivery.of("[" + ORDER + "]"));
        assertThat(bean.seen).containsExactly(new Order(42, "ann"));
    }

    @Test
    void aParameterOfObjectIsReadAsJsonToo() throws Exception {
        handler("anything").handle(TestDelivery.of("{\"class\":\"java.io.File\"}"));
        assertThat(probe.seen).containsExactly(Map.of("class", "java.io.File"));
    }

    @Test
    void headersAreGivenByName() throws Exception {
        handler("headers").handle(TestDelivery.of(ORDER.getBytes(), Map.of("tenant", "blue", "retries", "3")));
        assertThat(probe.seen).containsExactly("blue", 3, 7L, 2, "customer-1", TestDelivery.PUBLISHED_AT, "none");
    }

    @Test
    void allHeadersAreGivenTogether() throws Exception {
        handler("allHeaders").handle(TestDelivery.of(ORDER.getBytes(), Map.of("id", "mine", "timestamp", "then")));
        assertThat(probe.seen)
                .singleElement(as(InstanceOfAssertFactories.map(String.class, Object.class)))
                .containsEntry("id", "mine")
                .containsEntry("timestamp", "then")
                .containsEntry(NsqiteHeaders.TOPIC, "orders")
                .containsEntry(NsqiteHeaders.CHANNEL, "mail");
    }

    @Test
    void springsMessageHasTheTypedPayloadAndTheHeaders() throws Exception {
        handler("springMessage").handle(TestDelivery.of(ORDER.getBytes(), Map.of("tenant", "blue")));
        assertThat(probe.seen).containsExactly(new Order(42, "ann"), "blue", TestDelivery.PUBLISHED_AT.toEpochMilli());
    }

    @Test
    void springsMessageOfAnythingHasTheStoredBytes() throws Exception {
        handler("rawMessage").handle(TestDelivery.of(ORDER));
        assertThat(probe.seen).containsExactly(ORDER.getBytes());
    }

    @Test
    void theDeliveryAndTheMessageAreGivenAsTheyAre() throws Exception {
        TestDelivery delivery = TestDelivery.of("x");
        handler("delivery").handle(delivery);
        assertThat(probe.seen).containsExactly(delivery, delivery.message());
    }

    @Test
    void aMethodMayHaveNoArguments() throws Exception {
        handler("nothing").handle(TestDelivery.of("x"));
        assertThat(probe.seen).containsExactly("called");
    }

    @Test
    void aValidPayloadPassesAndAnInvalidOneIsUnusable() throws Exception {
        handler("valid").handle(TestDelivery.of("{\"customer\":\"ann\"}"));
        assertThat(probe.seen).containsExactly(new Customer("ann"));
        assertThatThrownBy(() -> handler("valid").handle(TestDelivery.of("{\"customer\":\"\"}")))
                .isInstanceOf(UnusableMessageException.class)
                .hasMessageContaining("message 7 of topic 'orders'")
                .hasMessageContaining("Probe.valid")
                .hasMessageContaining("must not be blank");
    }

    @Test
    void aPayloadThatCantBeReadIsUnusable() {
        assertThatThrownBy(() -> handler("order").handle(TestDelivery.of("{not json")))
                .isInstanceOf(UnusableMessageException.class)
                .hasMessageContaining("Probe.order");
    }

    @Test
    void aPayloadOfJsonNullIsUnusableUnlessTheListenerSaysOtherwise() throws Exception {
        assertThatThrownBy(() -> handler("order").handle(TestDelivery.of("null")))
                .isInstanceOf(UnusableMessageException.class);
        handler("maybe").handle(TestDelivery.of("null"));
        handler("notRequired").handle(TestDelivery.of("null"));
        assertThat(probe.seen).containsExactly(Optional.empty(), "null");
    }

    @Test
    void aMissingHeaderIsUnusable() {
        assertThatThrownBy(() -> handler("headers").handle(TestDelivery.of(ORDER)))
                .isInstanceOf(UnusableMessageException.class)
                .hasMessageContaining("tenant");
    }

    @Test
    void whatTheListenerThrowsArrivesUnwrapped() {
        assertThatThrownBy(() -> handler("fails").handle(TestDelivery.of("x")))
                .isInstanceOf(IOException.class)
                .hasMessage("no");
        assertThatThrownBy(() -> handler("failsBadly").handle(TestDelivery.of("x")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aProxyOfAnInterfaceIsCalledWithTheArgumentsThatTheClassDeclares() throws Exception {
        ProxyFactory factory = new ProxyFactory(new Tenants(probe));
        Object proxy = factory.getProxy();
        Method method = Tenants.class.getDeclaredMethod("take", String.class, Order.class);
        handlers.forMethod(proxy, method, "take").handle(TestDelivery.of(ORDER.getBytes(), Map.of("tenant", "blue")));
        assertThat(probe.seen).containsExactly("blue", new Order(42, "ann"));
    }

    private MessageHandler handler(String name) {
        Method method = Arrays.stream(Probe.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(name))
                .findFirst()
                .orElseThrow();
        return handlers.forMethod(probe, method, "Probe." + name);
    }

    private static LocalValidatorFactoryBean validator() {
        LocalValidatorFactoryBean validator = new LocalValidatorFactoryBean();
        validator.afterPropertiesSet();
        return validator;
    }

    record Order(int number, String customer) {}

    record Customer(@NotBlank String customer) {}

    static class Generic<T> {

        final List<Object> seen = new ArrayList<>();

        void all(List<T> payload) {
            seen.addAll(payload);
        }
    }

    static class OrderProbe extends Generic<Order> {}

    interface Taking {
        void take(String tenant, Order order);
    }

    record Tenants(Probe probe) implements Taking {

        @Override
        public void take(@Header("tenant") String tenant, Order order) {
            probe.see(tenant, order);
        }
    }

    static class Probe {

        final List<Object> seen = new ArrayList<>();

        void see(Object... values) {
            seen.addAll(Arrays.asList(values));
        }

        void bytes(byte[] payload) {
            seen.add(payload);
        }

        void text(String payload) {
            see(payload);
        }

        void order(Order payload) {
            see(payload);
        }

        void orders(List<Order> payload) {
            seen.add(payload);
        }

        void maybe(Optional<Order> payload) {
            see(payload);
        }

        void byName(Map<String, List<? extends Order>> payload) {
            see(payload);
        }

        void array(Order[] payload) {
            seen.add(List.of(payload));
        }

        void anything(Object payload) {
            see(payload);
        }

        void headers(
                Order order,
                @Header("tenant") String tenant,
                @Header("retries") int retries,
                @Header(NsqiteHeaders.ID) long id,
                @Header(NsqiteHeaders.ATTEMPT) int attempt,
                @Header(NsqiteHeaders.KEY) String key,
                @Header(NsqiteHeaders.PUBLISHED_AT) Instant publishedAt,
                @Header(name = "absent", defaultValue = "none") String absent) {
            see(tenant, retries, id, attempt, key, publishedAt, absent);
        }

        void allHeaders(@Headers Map<String, Object> all, MessageHeaders same) {
            assertThat(same).containsAllEntriesOf(all);
            see(all);
        }

        void springMessage(Message<Order> message) {
            see(
                    message.getPayload(),
                    message.getHeaders().get("tenant"),
                    message.getHeaders().getTimestamp());
        }

        void rawMessage(Message<?> message) {
            seen.add(message.getPayload());
        }

        void delivery(Delivery delivery, io.nsqite.message.Message message) {
            see(delivery, message);
        }

        void nothing() {
            see("called");
        }

        void valid(@Payload @Valid Customer payload) {
            see(payload);
        }

        void notRequired(@Payload(required = false) Order payload) {
            see(String.valueOf(payload));
        }

        void fails(String payload) throws IOException {
            throw new IOException("no");
        }

        void failsBadly(String payload) {
            throw new AssertionError("worse");
        }
    }
}
