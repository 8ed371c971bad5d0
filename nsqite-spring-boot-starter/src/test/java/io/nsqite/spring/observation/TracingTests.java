package io.nsqite.spring.observation;

import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListenerConfigurer;
import io.nsqite.spring.NsqiteListenerRegistry;
import io.nsqite.spring.doubles.QueueApplication;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** With a real tracer a handler belongs to the trace of the transaction that published its message. */
@Timeout(60)
class TracingTests {

    private static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");

    @TempDir
    Path folder;

    private final KeptSpans spans = new KeptSpans();
    private final List<String> tracesOfHandlers = new CopyOnWriteArrayList<>();

    private ApplicationContextRunner runner() {
        return QueueApplication.runner(folder)
                .withConfiguration(AutoConfigurations.of(
                        ObservationAutoConfiguration.class,
                        MicrometerTracingAutoConfiguration.class,
                        OpenTelemetrySdkAutoConfiguration.class,
                        OpenTelemetryTracingAutoConfiguration.class))
                .withBean(KeptSpans.class, () -> spans)
                .withPropertyValues("management.tracing.sampling.probability=1.0");
    }

    private ApplicationContextRunner listening() {
        return runner().withBean("mail", Handler.class, Handler::new);
    }

    /** Registers itself, as it needs the tracer. */
    private final class Handler implements NsqiteListenerConfigurer {

        @Autowired
        private Tracer tracer;

        @Override
        public void configure(NsqiteListenerRegistry registry) {
            QueueApplication.mail((text, delivery) ->
                            tracesOfHandlers.add(tracer.currentSpan().context().traceId()))
                    .configure(registry);
        }
    }

    private static void placeOrder(ApplicationContext context) {
        Observation.createNotStarted("order", context.getBean(ObservationRegistry.class))
                .observe(() -> new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                        .executeWithoutResult(
                                status -> context.getBean(Producer.class).publishTx("orders", "a")));
    }

    private static void flush(ApplicationContext context) {
        context.getBean(SdkTracerProvider.class).forceFlush().join(10, TimeUnit.SECONDS);
    }

    private void awaitProcessed(ApplicationContext context) {
        awaitThat(() -> {
            flush(context);
            return spans.all().stream().anyMatch(span -> span.getName().equals("process orders"));
        });
    }

    private void assertOneTrace() {
        SpanData order = spans.named("order");
        SpanData publish = spans.named("publish orders");
        SpanData process = spans.named("process orders");
        assertThat(publish.getParentSpanId()).isEqualTo(order.getSpanId());
        assertThat(publish.getKind()).isEqualTo(SpanKind.PRODUCER);
        assertThat(process.getParentSpanId()).isEqualTo(publish.getSpanId());
        assertThat(process.getParentSpanContext().isRemote()).isTrue();
        assertThat(process.getKind()).isEqualTo(SpanKind.CONSUMER);
        assertThat(process.getTraceId()).isEqualTo(order.getTraceId());
        assertThat(process.getAttributes().get(MESSAGE_ID))
                .isEqualTo(publish.getAttributes().get(MESSAGE_ID))
                .isEqualTo("1");
        assertThat(tracesOfHandlers).containsExactly(order.getTraceId());
    }

    @Test
    void theHandlerIsAChildOfTheCallThatPublished() {
        listening().run(context -> {
            placeOrder(context);
            awaitProcessed(context);
            assertOneTrace();
        });
    }

    @Test
    void alsoAfterARestart() {
        runner().run(context -> {
            placeOrder(context);
            flush(context);
        });
        List<SpanData> before = spans.all();
        assertThat(before).extracting(SpanData::getName).containsExactly("publish orders", "order");
        listening().run(context -> {
            awaitProcessed(context);
            assertOneTrace();
        });
    }

    @Test
    void whatRanWithoutATracerIsHandledInATraceOfItsOwn() {
        QueueApplication.runner(folder)
                .run(context -> context.getBean(Producer.class).publish("orders", "a"));
        listening().run(context -> {
            awaitProcessed(context);
            assertThat(spans.named("process orders").getParentSpanContext().isValid())
                    .isFalse();
        });
    }
}
