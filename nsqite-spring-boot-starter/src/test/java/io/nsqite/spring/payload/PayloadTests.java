package io.nsqite.spring.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nsqite.producer.PayloadEncoder;
import io.nsqite.producer.PayloadEncoder.Encoded;
import io.nsqite.spring.InvalidListenerException;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.PayloadDecoder;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class PayloadTests {

    private final ApplicationContextRunner runner = QueueDoubleConfiguration.runner();
    private final ApplicationContextRunner withoutJackson =
            runner.withClassLoader(new FilteredClassLoader("tools.jackson", "com.fasterxml.jackson"));

    @Test
    void bytesAndTextAreStoredAsTheyAreWithAContentType() {
        runner.run(context -> {
            PayloadEncoder encoder = context.getBean(PayloadEncoder.class);
            byte[] bytes = {1, 2};
            assertThat(encoder.encode(bytes)).isEqualTo(new Encoded(bytes, null));
            assertThat(encoder.encode("Zoë").bytes()).asString().isEqualTo("Zoë");
            assertThat(encoder.encode("Zoë").contentType()).isEqualTo("text/plain;charset=UTF-8");
        });
    }

    @Test
    void otherPayloadsAreStoredAsJson() {
        runner.run(context -> {
            Encoded encoded = context.getBean(PayloadEncoder.class).encode(new Order(42, Instant.EPOCH));
            assertThat(encoded.bytes()).asString().isEqualTo("{\"orderNumber\":42,\"at\":\"1970-01-01T00:00:00Z\"}");
            assertThat(encoded.contentType()).isEqualTo("application/json");
        });
    }

    @Test
    void theApplicationsMapperIsUsedInBothDirections() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        runner.withBean(JsonMapper.class, () -> mapper).run(context -> {
            byte[] json = context.getBean(PayloadEncoder.class)
                    .encode(new Order(42, Instant.EPOCH))
                    .bytes();
            assertThat(json).asString().contains("order_number");
            assertThat(context.getBean(PayloadDecoder.class)
                            .readerFor(ResolvableType.forClass(Order.class))
                            .read(json))
                    .isEqualTo(new Order(42, Instant.EPOCH));
        });
    }

    @Test
    void whatCantBeWrittenIsRefusedWithTheReason() {
        runner.run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> context.getBean(PayloadEncoder.class).encode(new Unwritable()))
                .withMessageContaining(Unwritable.class.getName())
                .withMessageContaining("can't be written as JSON")
                .withMessageContaining("on purpose"));
    }

    @Test
    void withoutJacksonBytesAndTextWork() {
        withoutJackson.withBean(Texts.class).run(context -> {
            assertThat(context.getBean(PayloadEncoder.class).encode("a").bytes())
                    .asString()
                    .isEqualTo("a");
            context.getBean(QueueDouble.class).consumer("mail").deliver("hello");
            assertThat(context.getBean(Texts.class).seen).containsExactly("hello");
        });
    }

    @Test
    void withoutJacksonAnotherPayloadIsRefusedWithAdvice() {
        withoutJackson.run(context -> assertThatIllegalArgumentException()
                .isThrownBy(() -> context.getBean(PayloadEncoder.class).encode(42))
                .withMessageContaining("java.lang.Integer")
                .withMessageContaining("spring-boot-starter-jackson"));
    }

    @Test
    void withoutJacksonAListenerOfAnotherTypeEndsTheStartWithAdvice() {
        withoutJackson
                .withBean(Orders.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidListenerException.class)
                        .hasMessageContaining("Orders.on(Order)")
                        .hasMessageContaining("spring-boot-starter-jackson"));
    }

    @Test
    void theApplicationsOwnEncoderAndDecoderWin() {
        PayloadEncoder encoder = payload -> new Encoded(new byte[0], null);
        PayloadDecoder decoder = type -> payload -> "mine";
        runner.withBean(PayloadEncoder.class, () -> encoder)
                .withBean(PayloadDecoder.class, () -> decoder)
                .withBean(Texts.class)
                .run(context -> {
                    assertThat(context.getBean(PayloadEncoder.class)).isSameAs(encoder);
                    context.getBean(QueueDouble.class).consumer("mail").deliver("hello");
                    assertThat(context.getBean(Texts.class).seen).containsExactly("mine");
                });
    }

    record Order(int orderNumber, Instant at) {}

    static class Unwritable {

        public String getName() {
            throw new IllegalStateException("on purpose");
        }
    }

    static class Texts {

        final List<String> seen = new ArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {
            seen.add(payload);
        }
    }

    static class Orders {

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(Order payload) {}
    }
}
