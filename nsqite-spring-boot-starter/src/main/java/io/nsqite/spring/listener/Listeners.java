package io.nsqite.spring.listener;

import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.NsqiteListenerConfigurer;
import java.util.List;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Finds the listeners of the application, and has them checked and registered, with all their channels created in one
 * transaction, once all beans exist: before the web server takes requests, and before anything is consumed.
 */
public final class Listeners implements SmartInitializingSingleton {

    private final ConfigurableListableBeanFactory beanFactory;
    private final ListenerSetup setup;
    private final ListenerRegistry registry;

    /** Of all beans of a factory. */
    public Listeners(ConfigurableListableBeanFactory beanFactory, ListenerSetup setup, ListenerRegistry registry) {
        this.beanFactory = beanFactory;
        this.setup = setup;
        this.registry = registry;
    }

    /**
     * Registers them.
     *
     * @throws io.nsqite.spring.InvalidListenerException if one can't work
     * @throws UnknownListenerException if the properties speak of one that does not exist
     */
    @Override
    public void afterSingletonsInstantiated() {
        beanFactory
                .getBeanProvider(NsqiteListenerConfigurer.class)
                .orderedStream()
                .forEach(configurer -> configurer.configure(registry));
        ListenerFactory factory = new ListenerFactory(beanFactory, setup);
        List<Listener> annotated = new AnnotationScan<>(beanFactory, NsqiteListener.class)
                .find().stream()
                        .map(AnnotatedListener::new)
                        .map(factory::create)
                        .toList();
        registry.open(annotated);
    }
}
