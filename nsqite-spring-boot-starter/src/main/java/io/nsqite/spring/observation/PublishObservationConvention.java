package io.nsqite.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/** The name and the keys of {@link QueueObservation#PUBLISH}. Declare a bean to replace the default. */
public interface PublishObservationConvention extends ObservationConvention<PublishContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof PublishContext;
    }
}
