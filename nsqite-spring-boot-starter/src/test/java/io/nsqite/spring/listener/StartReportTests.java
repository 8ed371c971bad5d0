package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.ChannelName;
import io.nsqite.admin.ChannelStatus;
import io.nsqite.admin.TopicStatus;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StartReportTests {

    private final ApplicationContextRunner runner =
            QueueDoubleConfiguration.runner().withBean(Mail.class);

    @Test
    void aListenerIsReportedInOneLineWithWhatWaits(CapturedOutput output) {
        start(channel("mail", 3, null));
        assertThat(output.getAll().lines().filter(line -> line.contains("orders.mail")))
                .singleElement()
                .asString()
                .contains(" INFO ")
                .contains("orders.mail: listening, concurrency 4, max attempts 5, backlog 3")
                .contains("Mail.on(String)");
    }

    @Test
    void aListenerThatDoesNotStartSaysSo(CapturedOutput output) {
        runner.withPropertyValues("nsqite.listener.auto-startup=false")
                .run(context -> assertThat(output).contains("orders.mail: not started (auto-startup is off)"));
    }

    @Test
    void aChannelThatNobodyServesIsWarnedOf(CapturedOutput output) {
        start(channel("audit", 120, null));
        assertThat(output.getAll().lines().filter(line -> line.contains("orders.audit")))
                .singleElement()
                .asString()
                .contains(" WARN ")
                .contains("120 messages wait");
    }

    @Test
    void aChannelThatAnotherProcessServesIsNot(CapturedOutput output) {
        start(channel("audit", 120, 12L));
        assertThat(output).doesNotContain("orders.audit");
    }

    @Test
    void aTopicThatNobodyListensToIsWarnedOf(CapturedOutput output) {
        runner.withInitializer(context -> context.getBeanFactory()
                        .addBeanPostProcessor(new Prepared(queue -> queue.withTopic(new TopicStatus("unheard", 12, 0))
                                .withTopic(new TopicStatus("heard", 12, 1)))))
                .run(context -> assertThat(output.getAll().lines().filter(line -> line.contains("heard:")))
                        .singleElement()
                        .asString()
                        .contains(" WARN ")
                        .contains("unheard: nobody listens to this topic. Has its listener"));
    }

    private void start(ChannelStatus channel) {
        runner.withInitializer(context -> context.getBeanFactory()
                        .addBeanPostProcessor(new Prepared(queue -> queue.withChannel(channel))))
                .run(context -> assertThat(context).hasNotFailed());
    }

    private static ChannelStatus channel(String name, long waiting, @Nullable Long owner) {
        return new ChannelStatus(new ChannelName("orders", name), waiting, 0, 0, false, owner, 0, 0, null, true, true);
    }

    /** Prepares the double before anyone sees it. */
    private record Prepared(Consumer<QueueDouble> preparation) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof QueueDouble queue) {
                preparation.accept(queue);
            }
            return bean;
        }
    }

    static class Mail {

        @NsqiteListener(topic = "orders", channel = "mail", concurrency = 4, maxAttempts = 5)
        void on(String payload) {}
    }
}
