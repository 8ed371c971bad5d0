package io.nsqite.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nsqite.admin.ChannelName;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DeliveryRateTests {

    private static final ChannelName MAIL = new ChannelName("orders", "mail");
    private static final Offset<Double> EXACT = within(1e-9);

    private final AtomicLong now = new AtomicLong(-5);
    private final DeliveryRates rates = new DeliveryRates(now::get);

    private void deliver(int times) {
        for (int i = 0; i < times; i++) {
            rates.count(MAIL);
        }
    }

    private void pass(long seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void aChannelWithoutDeliveriesHasNoRate() {
        assertThat(rates.perSecond(MAIL)).isZero();
    }

    @Test
    void theRateIsTheMeanSinceTheFirstDelivery() {
        deliver(10);
        assertThat(rates.perSecond(MAIL)).isCloseTo(10, EXACT);
        pass(4);
        deliver(10);
        assertThat(rates.perSecond(MAIL)).isCloseTo(4, EXACT);
    }

    @Test
    void whatIsOlderThanAMinuteIsForgotten() {
        deliver(600);
        pass(59);
        assertThat(rates.perSecond(MAIL)).isCloseTo(10, EXACT);
        deliver(60);
        pass(1);
        assertThat(rates.perSecond(MAIL)).isCloseTo(1, EXACT);
        pass(3600);
        assertThat(rates.perSecond(MAIL)).isZero();
        deliver(120);
        assertThat(rates.perSecond(MAIL)).isCloseTo(2, EXACT);
    }
}
