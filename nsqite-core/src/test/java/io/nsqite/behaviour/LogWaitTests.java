package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.Nsqite;
import io.nsqite.message.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Fetches that wait, beside those who publish. */
abstract class LogWaitTests extends LogTest {

    private static final int PUBLISHERS = 4;
    private static final int EACH = 100;

    private CompletableFuture<List<String>> waitingFetch() {
        CompletableFuture<List<String>> fetched = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                fetched.complete(texts(log.fetch(10, Duration.ofMinutes(1))));
            } catch (InterruptedException | RuntimeException e) {
                fetched.completeExceptionally(e);
            }
        });
        waiting.start();
        await(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        return fetched;
    }

    @Test
    void aCommitEndsTheWaitThoughNoTimePasses() throws Exception {
        openLog();
        CompletableFuture<List<String>> fetched = waitingFetch();
        publish(message("a").withPriority(7));
        assertThat(fetched.get(10, TimeUnit.SECONDS)).containsExactly("a");
    }

    @Test
    void aCommitOfAnotherProcessEndsTheWait() throws Exception {
        openLog();
        Nsqite other = openMember();
        CompletableFuture<List<String>> fetched = waitingFetch();
        other.producer().publish(message("a"));
        passUntil(fetched::isDone);
        assertThat(fetched.get(10, TimeUnit.SECONDS)).containsExactly("a");
    }

    @Test
    void theWaitIsOverAfterItsTime() throws Exception {
        openLog();
        assertThat(log.fetch(1, Duration.ofMillis(5))).isEmpty();
        assertThat(log.fetch(1, Duration.ZERO)).isEmpty();
    }

    @Test
    void anInterruptEndsTheWait() {
        openLog();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> log.fetch(1, Duration.ofMinutes(1))).isInstanceOf(InterruptedException.class);
    }

    @Test
    void beforeASlowTransactionCommitsNothingBehindItIsSeenSoThatItIsNotSkipped() throws Exception {
        openLog();
        try (var transaction = queue.transaction()) {
            nsqite.producer().publishTx(transaction, message("slow"));
            assertThat(fetch(10)).isEmpty();
            transaction.commit();
        }
        publish("fast");
        assertThat(fetch(10)).containsExactly("slow", "fast");
    }

    @Test
    void besideManyPublishersNothingIsSkippedAndNothingComesTwiceOnceItIsCommitted() throws Exception {
        openLog();
        List<Thread> publishers = new ArrayList<>();
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            String name = "p" + publisher;
            Thread thread = new Thread(() -> {
                for (int i = 0; i < EACH; i++) {
                    publish(name + "-" + i);
                }
            });
            publishers.add(thread);
            thread.start();
        }
        List<Message> read = new ArrayList<>();
        while (read.size() < PUBLISHERS * EACH) {
            List<Message> some = log.fetch(7, LIMIT);
            assertThat(some).isNotEmpty();
            read.addAll(some);
            log.commit(some.get(some.size() - 1).id());
        }
        for (Thread thread : publishers) {
            thread.join(LIMIT.toMillis());
        }
        assertThat(log.fetch(1)).isEmpty();
        assertThat(read).extracting(Message::id).isSorted().doesNotHaveDuplicates();
        assertThat(texts(read)).doesNotHaveDuplicates().hasSize(PUBLISHERS * EACH);
    }
}
