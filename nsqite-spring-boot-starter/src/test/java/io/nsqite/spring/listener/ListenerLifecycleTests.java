package io.nsqite.spring.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer.State;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.doubles.QueueDouble;
import io.nsqite.spring.doubles.QueueDoubleConfiguration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

class ListenerLifecycleTests {

    private final ApplicationContextRunner runner =
            QueueDoubleConfiguration.runner().withBean(Mail.class);

    @Test
    void listenersStopBeforeTheWebServerAndAreStillThereThenForOthersToPublish() {
        List<String> seen = new ArrayList<>();
        QueueDouble[] queue = new QueueDouble[1];
        runner.withBean(WebServer.class, () -> new WebServer(seen, queue)).run(context -> {
            queue[0] = context.getBean(QueueDouble.class);
            seen.clear();
            context.close();
        });
        assertThat(seen).containsExactly("web server stops, listener STOPPED, queue open: true");
        assertThat(queue[0].closed()).isTrue();
    }

    @Test
    void listenersStartAfterTheWebServerButAreRegisteredBefore() {
        List<String> seen = new ArrayList<>();
        QueueDouble[] queue = new QueueDouble[1];
        runner.withBean(WebServer.class, () -> new WebServer(seen, queue))
                .withInitializer(context -> context.getBeanFactory()
                        .addBeanPostProcessor(new org.springframework.beans.factory.config.BeanPostProcessor() {
                            @Override
                            public Object postProcessAfterInitialization(Object bean, String beanName) {
                                if (bean instanceof QueueDouble seenQueue) {
                                    queue[0] = seenQueue;
                                }
                                return bean;
                            }
                        }))
                .run(context -> assertThat(seen).containsExactly("web server starts, registered [mail], STOPPED"));
    }

    @Test
    void aContextThatIsStoppedAndStartedAgainListensAgain() {
        runner.run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            context.stop();
            assertThat(queue.consumer("mail").state()).isEqualTo(State.STOPPED);
            context.start();
            assertThat(queue.consumer("mail").state()).isEqualTo(State.ACTIVE);
            assertThat(queue.registrations()).isEqualTo(1);
        });
    }

    @Test
    void withAutoStartupOffChannelsAreCreatedAndNothingIsConsumed() {
        runner.withPropertyValues("nsqite.listener.auto-startup=false").run(context -> {
            QueueDouble queue = context.getBean(QueueDouble.class);
            assertThat(queue.channelNames()).containsExactly("mail");
            assertThat(queue.consumer("mail").state()).isEqualTo(State.STOPPED);
        });
    }

    static class Mail {

        @NsqiteListener(topic = "orders", channel = "mail")
        void on(String payload) {}
    }

    /** In the phase of Boot's graceful shutdown. */
    private static final class WebServer implements SmartLifecycle {

        private final List<String> seen;
        private final QueueDouble[] queue;
        private boolean running;

        WebServer(List<String> seen, QueueDouble[] queue) {
            this.seen = seen;
            this.queue = queue;
        }

        @Override
        public void start() {
            running = true;
            if (queue[0] != null) {
                seen.add("web server starts, registered %s, %s"
                        .formatted(
                                queue[0].channelNames(),
                                queue[0].consumer("mail").state()));
            }
        }

        @Override
        public void stop() {
            running = false;
            seen.add("web server stops, listener %s, queue open: %s"
                    .formatted(queue[0].consumer("mail").state(), !queue[0].closed()));
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public int getPhase() {
            return DEFAULT_PHASE - 1024;
        }
    }
}
