package io.nsqite.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.message.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observes handlers. */
public final class ObservedHandling implements DeliveryInterceptor {

    private static final ProcessObservationConvention DEFAULT = new DefaultProcessObservationConvention();

    private final ObservationRegistry registry;
    private final @Nullable ProcessObservationConvention convention;

    /**
     * With a registry.
     *
     * @param convention names and keys; null for the default
     */
    public ObservedHandling(ObservationRegistry registry, @Nullable ProcessObservationConvention convention) {
        this.registry = registry;
        this.convention = convention;
    }

    @Override
    public void around(List<Delivery> deliveries, Handling handling) throws Exception {
        if (registry.isNoop()) {
            handling.proceed();
            return;
        }
        ProcessContext context = new ProcessContext(deliveries);
        Observation observation = QueueObservation.PROCESS.observation(convention, DEFAULT, () -> context, registry);
        Observation.CheckedRunnable<Exception> proceeding = handling::proceed;
        observation.observeChecked(proceeding);
    }
}
