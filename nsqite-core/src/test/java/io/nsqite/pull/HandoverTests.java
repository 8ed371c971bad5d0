package io.nsqite.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.consumer.LeasedDelivery;
import io.nsqite.message.DeliveryLostException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages on their way to those who asked, while the channel is given up. */
class HandoverTests {

    private final Requests requests = new Requests();
    private final List<Request> back = new ArrayList<>();
    private final Handover handover = new Handover(requests, new Receipts("orders.mail"), new Handover.Events() {
        @Override
        public void nothing() {
            // nobody asks for now
        }

        @Override
        public void over() {
            requests.all().forEach(Request::end);
        }

        @Override
        public void isBack(Request request) {
            back.add(request);
            over();
        }
    });

    private static Request request() {
        return new Request(1, Duration.ofDays(1), Duration.ofMinutes(1));
    }

    /** A delivery that is lost in the moment in which it is handed over. */
    private static LeasedDelivery lost(Runnable meanwhile) {
        return (LeasedDelivery) Proxy.newProxyInstance(
                LeasedDelivery.class.getClassLoader(),
                new Class<?>[] {LeasedDelivery.class},
                (proxy, method, values) -> {
                    if (method.getName().equals("lease")) {
                        meanwhile.run();
                        throw new DeliveryLostException("the channel was given up");
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void whoGetsNothingBecauseTheConsumerIsClosedMeanwhileEndsAtOnce() {
        Request request = request();
        requests.add(request);
        handover.handle(List.of(lost(handover::end))); // which ends those who are in the line
        assertThat(back).containsExactly(request);
        assertThat(request.future()).isCompletedWithValue(List.of());
    }

    @Test
    void whoGetsNothingBecauseALeaseIsOverKeepsItsPlace() {
        Request first = request();
        Request second = request();
        requests.add(first);
        requests.add(second);
        Handover open = new Handover(requests, new Receipts("orders.mail"), new Handover.Events() {
            @Override
            public void nothing() {}

            @Override
            public void over() {}

            @Override
            public void isBack(Request request) {
                back.add(request);
            }
        });
        open.handle(List.of(lost(() -> {})));
        assertThat(back).containsExactly(first);
        assertThat(requests.all()).containsExactly(first, second);
    }

    @Test
    void whatIsFinishedJustAsTheChannelIsGivenUpIsRefused() {
        List<LeasedDelivery> found = List.of(lost(() -> {}));
        assertThatThrownBy(() -> handover.finish(found))
                .isInstanceOf(DeliveryLostException.class)
                .hasMessageContaining("1 messages can't be finished");
        handover.finish(List.of());
    }
}
