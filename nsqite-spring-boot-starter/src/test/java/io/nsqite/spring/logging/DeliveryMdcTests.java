package io.nsqite.spring.logging;

import static io.nsqite.spring.doubles.QueueApplication.awaitThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.doubles.QueueApplication;
import io.nsqite.spring.doubles.TestDelivery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Log lines of handlers can tell of the message that is being handled. */
@Timeout(60)
class DeliveryMdcTests {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(DeliveryMdcTests.class);

    @TempDir
    Path folder;

    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @BeforeEach
    void capture() {
        events.start();
        LOG.addAppender(events);
    }

    @AfterEach
    void release() {
        LOG.detachAppender(events);
        MDC.clear();
    }

    static class Mails {

        private boolean failed;

        @NsqiteListener(topic = "orders", channel = "mail")
        void send(String text) {
            LOG.info("one");
            if (!failed) {
                failed = true;
                throw new IllegalStateException("no mail today");
            }
        }

        @NsqiteListener(topic = "orders", channel = "batch", batchSize = 2)
        void store(List<String> texts) {
            LOG.info("batch of {}", texts.size());
        }
    }

    private Map<String, String> contextOf(int index) {
        return events.list.get(index).getMDCPropertyMap();
    }

    @Test
    void aMessageIsToldWithItsAttempts() {
        QueueApplication.runner(folder).withBean(Mails.class).run(context -> {
            long id = context.getBean(Producer.class).publish("orders", "a");
            awaitThat(() -> logged("one").size() == 2);
            assertThat(logged("one"))
                    .extracting(ILoggingEvent::getMDCPropertyMap)
                    .containsExactly(
                            Map.of(
                                    "nsqite.topic", "orders",
                                    "nsqite.channel", "mail",
                                    "nsqite.message.id", String.valueOf(id),
                                    "nsqite.attempt", "1"),
                            Map.of(
                                    "nsqite.topic", "orders",
                                    "nsqite.channel", "mail",
                                    "nsqite.message.id", String.valueOf(id),
                                    "nsqite.attempt", "2"));
        });
    }

    @Test
    void aBatchIsToldByTopicAndChannel() {
        QueueApplication.runner(folder).withBean(Mails.class).run(context -> {
            context.getBean(Producer.class)
                    .publish(List.of(NewMessage.to("orders", "a"), NewMessage.to("orders", "b")));
            awaitThat(() -> logged("batch of 2").size() == 1);
            assertThat(logged("batch of 2").get(0).getMDCPropertyMap())
                    .isEqualTo(Map.of("nsqite.topic", "orders", "nsqite.channel", "batch"));
        });
    }

    @Test
    void aPropertyTurnsItOff() {
        QueueApplication.runner(folder)
                .withBean(Mails.class)
                .withPropertyValues("nsqite.listener.mdc=false")
                .run(context -> {
                    context.getBean(Producer.class).publish("orders", "a");
                    awaitThat(() -> logged("one").size() == 2);
                    assertThat(contextOf(0)).isEmpty();
                });
    }

    @Test
    void whatWasThereBeforeIsThereAfterwards() {
        MDC.put("tenant", "a");
        MDC.put(DeliveryMdc.TOPIC, "outer");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new DeliveryMdc().around(List.of(TestDelivery.of("a")), () -> {
                    assertThat(MDC.getCopyOfContextMap()).containsKeys("tenant", DeliveryMdc.MESSAGE_ID);
                    throw new IllegalStateException("no mail today");
                }));
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("tenant", "a", DeliveryMdc.TOPIC, "outer"));
    }

    private List<ILoggingEvent> logged(String message) {
        return List.copyOf(events.list).stream()
                .filter(event -> event.getFormattedMessage().equals(message))
                .toList();
    }
}
