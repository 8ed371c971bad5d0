package io.nsqite.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.bus.BusOptions;
import io.nsqite.bus.EventBus;
import io.nsqite.spring.actuate.BusDescriptor.OutcomesDescriptor;
import io.nsqite.spring.actuate.BusDescriptor.SubscriberDescriptor;
import io.nsqite.spring.doubles.NoListeners;
import io.nsqite.spring.doubles.QueueDouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.endpoint.Show;

@Timeout(30)
class BusDescriptorTests {

    @Test
    void theBusIsShownByTopicsAndSubscribers() throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (EventBus bus = EventBus.builder().build()) {
            BusOptions options = BusOptions.defaults().withQueueSize(1).withConcurrency(1);
            bus.subscribe("prices", "chart", String.class, options, event -> {
                inHand.countDown();
                go.await();
            });
            bus.publish("prices", "in hand");
            assertThat(inHand.await(10, TimeUnit.SECONDS)).isTrue();
            bus.publish("prices", "waits");
            bus.publish("prices", "too many", Duration.ZERO);
            bus.publish("nobody", "event");

            NsqiteEndpoint endpoint = new NsqiteEndpoint(
                    new QueueDouble(),
                    bus,
                    new NoListeners(),
                    new DeliveryRates(),
                    new PayloadRules(Show.NEVER, Set.of()));

            QueueDescriptor shown = (QueueDescriptor) endpoint.queue().getBody();
            assertThat(shown).isNotNull();
            assertThat(shown.bus())
                    .isEqualTo(new BusDescriptor(
                            1,
                            Map.of(
                                    "prices",
                                    List.of(new SubscriberDescriptor(
                                            "chart", 1, 1, 1, 0, 1, 0, new OutcomesDescriptor(0, 0, 0, 0, 0, 1))))));
            go.countDown();
        }
    }
}
