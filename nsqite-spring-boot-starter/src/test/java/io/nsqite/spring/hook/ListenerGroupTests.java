package io.nsqite.spring.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.consumer.ChannelListener;
import io.nsqite.consumer.ChannelListener.DeadMessage;
import io.nsqite.message.Delivery;
import io.nsqite.spring.doubles.TestDelivery;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/** Whatever a listener of channels can be told of reaches all the application's beans. */
class ListenerGroupTests {

    private static final Delivery DELIVERY = TestDelivery.of("hello");
    private static final DeadMessage DEAD = new DeadMessage("orders", "mail", 1, 2, "error");

    private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();
    private final List<String> told = new ArrayList<>();

    @Test
    void everyEventReachesEveryListenerAlsoWhenOneFails() throws Exception {
        beanFactory.registerSingleton("failing", listener(true));
        beanFactory.registerSingleton("noting", listener(false));
        ListenerGroup group = new ListenerGroup(new LateBeans<>(beanFactory.getBeanProvider(ChannelListener.class)));
        List<String> events = new ArrayList<>();
        for (Method event : ChannelListener.class.getDeclaredMethods()) {
            event.invoke(
                    group,
                    Stream.of(event.getParameterTypes())
                            .map(ListenerGroupTests::argument)
                            .toArray());
            events.add("failing " + event.getName());
            events.add("noting " + event.getName());
        }
        assertThat(told).hasSizeGreaterThan(10).isEqualTo(events);
    }

    private static Object argument(Class<?> type) {
        return type == Delivery.class ? DELIVERY : type == DeadMessage.class ? DEAD : "error";
    }

    private ChannelListener listener(boolean failing) {
        return (ChannelListener) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ChannelListener.class}, (proxy, method, arguments) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.invoke(this, arguments);
                    }
                    told.add((failing ? "failing " : "noting ") + method.getName());
                    if (failing) {
                        throw new IllegalStateException("on purpose");
                    }
                    return null;
                });
    }
}
