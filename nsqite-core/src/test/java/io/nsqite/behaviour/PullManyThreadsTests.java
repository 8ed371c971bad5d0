package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.KeyOrder;
import io.nsqite.pull.PulledMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many who receive from one channel, and answer in all ways. */
abstract class PullManyThreadsTests extends PullTest {

    private static final int THREADS = 6;
    private static final int MESSAGES = 150;
    private static final int KEYS = 10;
    private static final int FINISH = 2;
    private static final Duration SHORT = Duration.ofMillis(200);

    /** Longer than any thread may be held up, as time passes fast; only what is left on purpose comes again by itself. */
    private static final Duration LONG = Duration.ofHours(12);

    private final Map<Long, String> holders = new ConcurrentHashMap<>();
    private final Set<Long> finished = new ConcurrentSkipListSet<>();
    private final Queue<Long> order = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    @Test
    void nothingIsLostAndEachMessageHasOneHolderAtATime() throws Exception {
        run(OPTIONS.withMaxAttempts(0));
    }

    @Test
    void withOrderEachKeyIsFinishedInItsOrder() throws Exception {
        run(OPTIONS.withMaxAttempts(0).withKeyOrder(KeyOrder.SKIP_DEAD));
        Map<Long, List<Long>> byKey = order.stream().collect(Collectors.groupingBy(id -> id % KEYS));
        assertThat(byKey.values()).allSatisfy(ids -> assertThat(ids).isSorted());
    }

    private void run(ConsumerOptions options) throws Exception {
        pull(options);
        List<Thread> threads = IntStream.range(0, THREADS)
                .mapToObj(number -> new Thread(this::work, "puller-" + number))
                .toList();
        threads.forEach(Thread::start);
        List<Long> published = new ArrayList<>();
        for (int number = 0; number < MESSAGES; number++) {
            long next = published.isEmpty() ? 1 : published.get(number - 1) + 1;
            published.add(publish(message("m").withKey("key-" + next % KEYS)));
        }
        passUntil(() -> finished.size() == MESSAGES || failure.get() != null);
        ended.set(true);
        for (Thread thread : threads) {
            passUntil(() -> !thread.isAlive());
        }
        assertThat(failure.get()).isNull();
        assertThat(finished).containsExactlyInAnyOrderElementsOf(published);
        assertThat(order).hasSize(MESSAGES);
        assertThat(status().isDrained()).isTrue();
        assertThat(mails.consumer().inFlight()).isZero();
    }

    private void work() {
        try {
            while (!ended.get()) {
                receiveSome();
            }
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private void receiveSome() throws Exception {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        if (random.nextInt(4) > 0) {
            mails.receive(1 + random.nextInt(20), SHORT, LONG).forEach(this::hold);
            return;
        }
        CompletableFuture<List<PulledMessage>> waiting = mails.receiveAsync(5, SHORT, LONG);
        if (!waiting.cancel(false)) {
            waiting.join().forEach(this::hold);
        }
    }

    private void hold(PulledMessage message) {
        long id = message.message().id();
        String me = Thread.currentThread().getName();
        mails.extend(message.receipt(), LONG);
        String other = holders.put(id, me);
        assertThat(other).as("who has message %d beside %s", id, me).isNull();
        assertThat(finished).doesNotContain(id);
        holders.remove(id);
        switch (message.attempt() > 2 ? FINISH : ThreadLocalRandom.current().nextInt(2 * FINISH)) {
            case 0 -> mails.requeue(message.receipt());
            case 1 -> mails.extend(message.receipt(), Duration.ofMillis(10)); // and leaves it
            default -> finish(message);
        }
    }

    private void finish(PulledMessage message) {
        finished.add(message.message().id());
        order.add(message.message().id());
        mails.finish(message.receipt());
    }
}
