package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In manual mode as many deliveries are open as a channel may have handled side by side, whoever handles them. */
abstract class OpenDeliveriesTests extends ManualTest {

    private static final int MESSAGES = 60;

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    private void opened(Delivery delivery) {
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        deliveries.add(delivery);
    }

    private void publishMany() {
        nsqite.producer()
                .publish(IntStream.range(0, MESSAGES)
                        .mapToObj(number -> message("m" + number))
                        .toList());
    }

    private Delivery nextOpen() {
        Delivery delivery = next();
        open.decrementAndGet(); // before it is answered, so that it is never counted too often
        return delivery;
    }

    @Test
    void asManyAreOpenAsHandlersMayRunSideBySide() {
        ConsumerOptions options = MANUAL.withConcurrency(3);
        consumer = consume(options, this::opened);
        publishMany();
        await(() -> deliveries.size() == 3);
        for (int answers = 0; answers < MESSAGES; answers++) {
            nextOpen().finish();
        }
        drain();
        assertThat(mostOpen).hasValue(3);
    }

    @Test
    void asManyAreOpenAsFillTheBatches() {
        consumer = consume(
                MANUAL.withConcurrency(2).withBatchSize(5), (BatchHandler) batch -> batch.forEach(this::opened));
        publishMany();
        await(() -> deliveries.size() == 10);
        for (int answers = 0; answers < MESSAGES; answers++) {
            nextOpen().finish();
        }
        drain();
        assertThat(mostOpen).hasValue(10);
    }

    @Test
    void aSlowApplicationLosesNoLease() {
        consumer = consume(MANUAL.withConcurrency(3).withMaxAttempts(2), this::opened);
        publishMany();
        List<Integer> attempts = new ArrayList<>();
        for (int answers = 0; answers < MESSAGES; answers++) {
            Delivery delivery = nextOpen();
            attempts.add(delivery.attempt());
            members.pass(SECOND);
            delivery.finish();
        }
        assertThat(attempts).containsOnly(1);
        assertThat(deadLetters()).isEmpty();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void whateverEndsADeliveryMakesRoomForTheNext() throws Exception {
        consumer = consume(MANUAL.withConcurrency(1), delivery -> {
            if (text(delivery).equals("throws") && delivery.attempt() == 1) {
                throw new IllegalStateException("no mail today");
            }
            opened(delivery);
        });
        publishAll("finished", "requeued", "rejected", "throws", "expires", "requeued at once", "last");
        nextOpen().finish();
        nextOpen().requeue(LEASE.multipliedBy(2));
        reject(nextOpen());
        assertThat(text(nextOpen())).isEqualTo("expires");
        members.pass(LEASE);
        List<String> rest = new ArrayList<>();
        while (rest.size() < 5) {
            Delivery delivery = nextOpen();
            rest.add(text(delivery) + " " + delivery.attempt());
            if (rest.get(rest.size() - 1).equals("requeued at once 1")) {
                delivery.requeue();
            } else {
                delivery.finish();
            }
        }
        assertThat(rest)
                .containsExactlyInAnyOrder(
                        "throws 2", "expires 2", "requeued at once 1", "requeued at once 2", "last 1");
        members.pass(LEASE);
        Delivery again = nextOpen();
        assertThat(text(again)).isEqualTo("requeued");
        again.finish();
        assertThat(status().isDrained()).isTrue();
        assertThat(mostOpen).hasValue(1);
    }

    @Test
    void aTouchMakesNoRoom() {
        consumer = consume(MANUAL.withConcurrency(1), this::opened);
        publishMany();
        Delivery touched = next();
        for (int times = 0; times < 3; times++) {
            members.pass(LEASE.minus(MILLISECOND));
            touched.touch();
        }
        open.decrementAndGet();
        touched.finish();
        for (int answers = 1; answers < MESSAGES; answers++) {
            nextOpen().finish();
        }
        drain();
        assertThat(mostOpen).hasValue(1);
    }

    @Test
    void anAnswerDuringAPauseBringsNothingBeforeItEnds() {
        consumer = consume(MANUAL.withConcurrency(1), this::opened);
        Delivery first = deliver("first");
        consumer.pause();
        publish("second");
        open.decrementAndGet();
        first.finish();
        assertThat(deliveries).isEmpty();
        consumer.resume();
        nextOpen().finish();
        assertThat(status().isDrained()).isTrue();
    }

    @Test
    void aChannelThatIsFullStopsAndGoesOn() {
        consumer = consume(MANUAL.withConcurrency(2), this::opened);
        publishMany();
        await(() -> deliveries.size() == 2);
        assertThat(consumer.stop(SECOND.dividedBy(100))).isFalse();
        consumer.start();
        deliveries.clear();
        open.set(0);
        for (int answers = 0; answers < MESSAGES; answers++) {
            nextOpen().finish();
        }
        drain();
        assertThat(mostOpen).hasValue(2);
    }
}
