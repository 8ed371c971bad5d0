package io.nsqite.spring.observation;

import io.micrometer.common.KeyValues;
import io.nsqite.message.Delivery;
import io.nsqite.spring.observation.QueueObservation.HighKey;
import io.nsqite.spring.observation.QueueObservation.LowKey;

/** The default names and keys of handling; a base for others. */
public class DefaultProcessObservationConvention implements ProcessObservationConvention {

    private static final KeyValues FIXED = KeyValues.of(
            LowKey.SYSTEM.withValue("nsqite"),
            LowKey.OPERATION_NAME.withValue("process"),
            LowKey.OPERATION_TYPE.withValue("process"));

    @Override
    public String getName() {
        return "nsqite.process";
    }

    @Override
    public String getContextualName(ProcessContext context) {
        return "process " + first(context).message().topic();
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(ProcessContext context) {
        Delivery first = first(context);
        return FIXED.and(
                LowKey.DESTINATION.withValue(first.message().topic()),
                LowKey.CONSUMER_GROUP.withValue(first.channel()));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ProcessContext context) {
        int count = context.deliveries().size();
        if (count > 1) {
            return KeyValues.of(HighKey.BATCH_COUNT.withValue(String.valueOf(count)));
        }
        Delivery delivery = first(context);
        return KeyValues.of(
                HighKey.MESSAGE_ID.withValue(String.valueOf(delivery.message().id())),
                HighKey.ATTEMPT.withValue(String.valueOf(delivery.attempt())));
    }

    private static Delivery first(ProcessContext context) {
        return context.deliveries().get(0);
    }
}
