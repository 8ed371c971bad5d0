package io.nsqite.spring.hook;

import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.message.Delivery;
import java.util.List;

/** Several interceptors as one; the first is the outermost. */
final class InterceptorChain implements DeliveryInterceptor {

    private final LateBeans<DeliveryInterceptor> interceptors;

    InterceptorChain(LateBeans<DeliveryInterceptor> interceptors) {
        this.interceptors = interceptors;
    }

    @Override
    public void around(List<Delivery> deliveries, Handling handling) throws Exception {
        Handling next = handling;
        List<DeliveryInterceptor> inOrder = interceptors.inOrder();
        for (int index = inOrder.size() - 1; index >= 0; index--) {
            DeliveryInterceptor interceptor = inOrder.get(index);
            Handling inner = next;
            next = () -> interceptor.around(deliveries, inner);
        }
        next.proceed();
    }
}
