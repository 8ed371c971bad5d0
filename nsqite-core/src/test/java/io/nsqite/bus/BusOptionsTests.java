package io.nsqite.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import ch.qos.logback.classic.Level;
import io.nsqite.RecordedLog;
import io.nsqite.retry.ExponentialBackoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class BusOptionsTests {

    private final BusOptions options = BusOptions.defaults();

    @Test
    void eachOptionCanBeSetByItself() {
        ExponentialBackoff backoff = ExponentialBackoff.defaults().withJitter(0);
        Predicate<Throwable> fatal = failure -> true;
        BusFailureHandler handler = failure -> {};
        BusOptions all = options.withConcurrency(2)
                .withQueueSize(3)
                .withWhenFull(OverflowPolicy.DISCARD)
                .withMaxAttempts(4)
                .withBackoff(backoff)
                .withFatal(fatal)
                .withAckMode(BusAckMode.MANUAL)
                .withAckLease(Duration.ofSeconds(5))
                .withWaitWarning(Duration.ofSeconds(6))
                .withFailureHandler(handler);
        assertThat(all)
                .isEqualTo(new BusOptions(
                        2,
                        3,
                        OverflowPolicy.DISCARD,
                        4,
                        backoff,
                        fatal,
                        BusAckMode.MANUAL,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        handler));
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withConcurrency(0))
                .withMessage("concurrency must be 1 to 1000 but was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withQueueSize(10_000_001))
                .withMessageContaining("queueSize");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withMaxAttempts(-1))
                .withMessageContaining("maxAttempts");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withAckLease(Duration.ZERO))
                .withMessageContaining("ackLease");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withAckLease(Duration.ofDays(366)))
                .withMessageContaining("ackLease");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withWaitWarning(Duration.ZERO))
                .withMessageContaining("waitWarning");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventBus.builder().stopTimeout(Duration.ofMillis(-1)))
                .withMessageContaining("stopTimeout");
    }

    @Test
    void aBusHasDefaultsForItsSubscriptionsAndThreadsOfTheApplication() {
        try (EventBus bus = EventBus.builder()
                .options(options.withQueueSize(3))
                .stopTimeout(Duration.ofSeconds(10))
                .handlerThreads(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    return thread;
                })
                .build()) {
            bus.subscribe("orders", "mail", String.class, event -> {});
            bus.subscribe("orders", "audit", String.class, (event, delivery) -> {});
            assertThat(bus.subscriptions())
                    .extracting(BusSubscriptionStatus::channel, BusSubscriptionStatus::queueSize)
                    .containsExactly(tuple("audit", 3), tuple("mail", 3));
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("nsqite-bus-orders.")))
                    .allMatch(Thread::isDaemon);
        }
    }

    @Test
    void listenersHearOfSubscriptionsAndCanNotBreakThem() {
        List<String> heard = new ArrayList<>();
        BusListener failing = new BusListener() {
            @Override
            public void subscribed(BusSubscription subscription) {
                throw new IllegalStateException("subscribed");
            }
        };
        BusListener recording = new BusListener() {
            @Override
            public void subscribed(BusSubscription subscription) {
                heard.add("+" + subscription.topic() + "." + subscription.channel());
            }

            @Override
            public void ended(BusSubscription subscription) {
                heard.add("-" + subscription.channel());
            }
        };
        try (RecordedLog log = RecordedLog.open();
                EventBus bus =
                        EventBus.builder().listener(failing).listener(recording).build()) {
            bus.subscribe("orders", "mail", String.class, event -> {});
            BusSubscription audit = bus.subscribe("orders", "audit", String.class, event -> {});
            audit.stop(Duration.ofSeconds(10));
            audit.stop(Duration.ofSeconds(10));
            bus.stop(Duration.ofSeconds(10));
            assertThat(log.failures(Level.ERROR)).containsExactly("subscribed", "subscribed");
        }
        assertThat(heard).containsExactly("+orders.mail", "+orders.audit", "-audit", "-mail");
    }
}
