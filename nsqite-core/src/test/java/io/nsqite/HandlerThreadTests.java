package io.nsqite;

import static io.nsqite.QueueFile.CHANNEL;
import static io.nsqite.QueueFile.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.Subscription;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HandlerThreadTests {

    @TempDir
    Path folder;

    @Test
    void handlersKeepTheJvmRunningAndSeeTheClassesOfTheApplication() throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader applications = new URLClassLoader(new URL[0], before)) {
            Thread.currentThread().setContextClassLoader(applications);
            NsqiteBuilder builder = Nsqite.builder(new QueueFile(folder).dataSource());
            Thread.currentThread().setContextClassLoader(before);
            try (Nsqite nsqite = builder.build()) {
                CompletableFuture<Thread> handler = new CompletableFuture<>();
                nsqite.consume("orders", "mail", delivery -> handler.complete(Thread.currentThread()));
                nsqite.producer().publish("orders", "x");

                Thread thread = handler.get(15, TimeUnit.SECONDS);
                assertThat(thread.isDaemon()).isFalse();
                assertThat(thread.getContextClassLoader()).isSameAs(applications);
                assertThat(thread.getName()).isEqualTo("nsqite-orders.mail-1");
            }
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** Whoever starts it goes on when it has done what there is to do. */
    private static final class HastyThread extends Thread {
        HastyThread(Runnable work) {
            super(work);
        }

        @Override
        public void start() {
            super.start();
            QueueFile.await(() -> getState() == State.WAITING);
        }
    }

    @Test
    void aConsumerThatIsPausedBeforeItHasItsChannelHandsOutNothing() {
        AtomicInteger handled = new AtomicInteger();
        Subscription subscription =
                new Subscription("orders", "mail", ConsumerOptions.defaults(), delivery -> handled.incrementAndGet());
        try (Nsqite nsqite = Nsqite.builder(new QueueFile(folder).dataSource())
                .handlerThreads(HastyThread::new)
                .build()) {
            Consumer consumer =
                    nsqite.consumers().register(List.of(subscription)).get(0);
            nsqite.producer().publish("orders", "x");
            consumer.pause();
            consumer.start();
            assertThat(consumer.awaitActive(LIMIT)).isTrue();
            assertThat(handled).hasValue(0);

            consumer.resume();
            nsqite.admin().awaitDrained(CHANNEL, LIMIT);
            assertThat(handled).hasValue(1);
        }
    }

    @Test
    void aChannelForWhichNoThreadCanBeMadeIsGivenBackAndTakenAgain() throws Exception {
        QueueFile file = new QueueFile(folder);
        AtomicInteger refusals = new AtomicInteger();
        ManualTimer timer = new ManualTimer();
        try (Nsqite nsqite = Nsqite.builder(file.dataSource())
                .timer(timer)
                .handlerThreads(task -> {
                    if (refusals.get() < 2) {
                        refusals.incrementAndGet();
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return new Thread(task);
                })
                .build()) {
            AtomicInteger handled = new AtomicInteger();
            Consumer consumer = nsqite.consume("orders", "mail", delivery -> handled.incrementAndGet());
            QueueFile.await(() -> refusals.get() == 1);
            assertThat(consumer.awaitActive(Duration.ZERO)).isFalse();
            QueueFile.await(() -> {
                timer.advance(Duration.ofMillis(100));
                return consumer.awaitActive(Duration.ZERO);
            });
            assertThat(refusals).hasValue(2);
            nsqite.producer().publish("orders", "x");

            nsqite.admin().awaitDrained(CHANNEL, LIMIT);
            assertThat(handled).hasValue(1);
            assertThat(consumer.state()).isEqualTo(Consumer.State.ACTIVE);
        }
        assertThat(file.rows("SELECT owner_id, unclean FROM nsqite_channel")).containsExactly("null,0");
    }
}
