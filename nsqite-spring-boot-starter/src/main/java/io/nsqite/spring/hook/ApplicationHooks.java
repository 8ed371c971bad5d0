package io.nsqite.spring.hook;

import io.nsqite.NsqiteBuilder;
import io.nsqite.consumer.ChannelListener;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.producer.PayloadEncoder;
import io.nsqite.spring.NsqiteBuilderCustomizer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Brings the application's {@link PayloadEncoder}, and its beans of {@link DeliveryInterceptor} and {@link ChannelListener} in their order,
 * into the queue. They are created after it, so that they may use it, and what waits for its tables: a {@code Producer}, a {@code JdbcClient}.
 */
public final class ApplicationHooks implements NsqiteBuilderCustomizer, SmartInitializingSingleton {

    private final ListableBeanFactory beanFactory;
    private final LateBeans<DeliveryInterceptor> interceptors;
    private final LateBeans<ChannelListener> listeners;
    private @Nullable LatePayloadEncoder encoder;

    /** With the beans of a factory. */
    public ApplicationHooks(ListableBeanFactory beanFactory) {
        this.beanFactory = beanFactory;
        this.interceptors = new LateBeans<>(beanFactory.getBeanProvider(DeliveryInterceptor.class));
        this.listeners = new LateBeans<>(beanFactory.getBeanProvider(ChannelListener.class));
    }

    /** Adds no listener and no interceptor where there is no such bean: that would cost something for every message. */
    @Override
    public void customize(NsqiteBuilder builder) {
        encoder = new LatePayloadEncoder(beanFactory.getBeanProvider(ApplicationEncoder.class));
        builder.payloadEncoder(encoder);
        if (exists(DeliveryInterceptor.class)) {
            builder.interceptor(new InterceptorChain(interceptors));
        }
        if (exists(ChannelListener.class)) {
            builder.channelListener(new ListenerGroup(listeners));
        }
    }

    private boolean exists(Class<?> type) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beanFactory, type, true, false).length > 0;
    }

    /** Lets one that can't be created end the start of the application, and not the first message. */
    @Override
    public void afterSingletonsInstantiated() {
        if (encoder != null) { // else the application has built the queue
            encoder.bean();
        }
        interceptors.inOrder();
        listeners.inOrder();
    }
}
