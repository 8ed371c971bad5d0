package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.QueueAdmin;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A transactional listener's answers while its transaction ends. */
@Timeout(90)
class AnswerAfterCommitTests {

    @TempDir
    static Path folder;

    @Test
    void theyAreRefusedAndTheAcknowledgementStands() {
        Late late;
        try (ConfigurableApplicationContext context =
                TestApplication.on(folder.resolve("after.db")).with(Late.class).start()) {
            for (String payload : List.of("before commit", "after commit", "after completion")) {
                context.getBean(Producer.class)
                        .publish(NewMessage.to("orders", payload).withKey("k"));
            }
            context.getBean(QueueAdmin.class).awaitDrained(Duration.ofSeconds(30));
            late = context.getBean(Late.class);
        } // which waits for the listener's method, as its message is settled before that has ended
        assertThat(late.handled).containsExactly("before commit", "after commit", "after completion");
        assertThat(late.refusals)
                .hasSize(3)
                .allSatisfy(refused -> assertThat(refused).hasMessageContaining("answered already"));
    }

    static class Late {

        final List<String> handled = new CopyOnWriteArrayList<>();
        final List<RuntimeException> refusals = new CopyOnWriteArrayList<>();

        @NsqiteListener(topic = "orders", channel = "mail", transactional = true, ordered = true)
        public void on(String payload, Delivery delivery) {
            handled.add(payload);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    answerIn("before commit", payload, delivery, Delivery::requeue);
                }

                @Override
                public void afterCommit() {
                    answerIn("after commit", payload, delivery, Delivery::requeue);
                }

                @Override
                public void afterCompletion(int status) {
                    answerIn(
                            "after completion",
                            payload,
                            delivery,
                            late -> late.reject(new IllegalStateException("unknown customer")));
                }
            });
        }

        private void answerIn(String phase, String payload, Delivery delivery, Consumer<Delivery> answer) {
            if (!payload.equals(phase)) {
                return;
            }
            try {
                answer.accept(delivery);
            } catch (IllegalStateException refused) {
                refusals.add(refused);
            }
        }
    }
}
