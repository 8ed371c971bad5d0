package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.retry.ExponentialBackoff;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SuspendedProcessTests extends ProcessTest {

    /** Shorter than a test may last, and longer than a busy machine holds up a heartbeat. */
    private static final Duration LEASE = Duration.ofSeconds(4);

    private final List<Long> handledHere = new CopyOnWriteArrayList<>();
    private final CountDownLatch holds = new CountDownLatch(1);
    private final CountDownLatch fail = new CountDownLatch(1);

    @Test
    void oneThatHangsLosesItsChannelAndCanNotSettleWhatAnotherHandlesNow() throws Exception {
        Connection connection = raw();
        Child hung = child("hung", "lease=" + LEASE.toSeconds());
        until(() -> !servedBy(connection).isEmpty());
        long ownerBefore = owners(connection).get(0);
        Nsqite nsqite = queue(NsqiteOptions.defaults().withLease(LEASE));
        long held = nsqite.producer().publish(TOPIC, "hold");
        hung.await("@holds " + held);

        hung.suspend();
        consumeHere(nsqite, held);
        holds.await();
        hung.resume();
        hung.send("go");

        // it registers anew and stands by; its answer is refused while the message is in our hands
        hung.await("registers anew");
        until(() -> handled().ids().contains(held));
        hung.await("dropped");
        until(() -> owners(connection).size() == 2);
        assertThat(owners(connection)).doesNotContain(ownerBefore);
        assertThat(status(nsqite).isDrained()).isFalse();
        fail.countDown();
        List<Long> more = publish(nsqite, 50);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handledHere).containsExactlyInAnyOrderElementsOf(with(held, more));
        assertThat(handled().ids()).containsExactly(held);

        // and it takes over again when we stop
        nsqite.consumers().stopAll(LIMIT);
        List<Long> last = publish(nsqite, 50);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().ids()).containsExactlyElementsOf(with(held, last));
        assertThat(status(nsqite).dead()).isZero();
        hung.stop();
    }

    @Test
    void anAnswerIsRefusedByTheNextOwnersClaimEvenBeforeTheLossIsNoticed() throws Exception {
        // nobody looks, so it is the settling that meets the other's claim
        Nsqite nsqite = queue(NsqiteOptions.defaults()
                .withLease(NO_LEASE)
                .withPollIntervals(Duration.ofHours(1), Duration.ofHours(1)));
        CountDownLatch go = new CountDownLatch(1);
        nsqite.consume(TOPIC, CHANNEL, delivery -> {
            holds.countDown();
            go.await();
            handledHere.add(delivery.message().id());
        });
        long id = nsqite.producer().publish(TOPIC, "x");
        holds.await();

        execute(
                raw(),
                "INSERT INTO nsqite_owner (started_at, library_version, side_file_id)"
                        + " SELECT 0, 'next', side_file_id FROM nsqite_owner",
                "UPDATE nsqite_channel SET epoch = epoch + 1,"
                        + " owner_id = (SELECT id FROM nsqite_owner WHERE library_version = 'next')");
        go.countDown();

        untilLogged("another process took the channel");
        // that other one does not live, so its burial gives us the message once more
        until(() -> handledHere.size() == 2);
        assertThat(handledHere).containsOnly(id);
        nsqite.admin().awaitDrained(NAME, LIMIT);
    }

    /** The first attempt of the held message fails here, after the other process tried to settle it. */
    private void consumeHere(Nsqite nsqite, long held) {
        ConsumerOptions options = ConsumerOptions.defaults()
                .withBackoff(new ExponentialBackoff(Duration.ofMillis(20), 2, Duration.ofSeconds(1), 0));
        nsqite.consume(TOPIC, CHANNEL, options, delivery -> {
            long id = delivery.message().id();
            if (id == held && holds.getCount() > 0) {
                holds.countDown();
                fail.await();
                throw new IllegalStateException("not yet");
            }
            handledHere.add(id);
        });
    }

    private static List<Long> with(long first, List<Long> others) {
        List<Long> all = new CopyOnWriteArrayList<>(others);
        all.add(0, first);
        return all;
    }
}
