package io.nsqite.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.nsqite.message.NewMessage;
import io.nsqite.spring.observation.QueueObservation.HighKey;
import io.nsqite.spring.observation.QueueObservation.LowKey;
import java.util.List;

/** The default names and keys of publishing; a base for others. */
public class DefaultPublishObservationConvention implements PublishObservationConvention {

    private static final KeyValues FIXED = KeyValues.of(
            LowKey.SYSTEM.withValue("nsqite"),
            LowKey.OPERATION_NAME.withValue("publish"),
            LowKey.OPERATION_TYPE.withValue("send"));

    @Override
    public String getName() {
        return "nsqite.publish";
    }

    @Override
    public String getContextualName(PublishContext context) {
        return "publish " + destination(context);
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(PublishContext context) {
        return FIXED.and(LowKey.DESTINATION.withValue(destination(context)));
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(PublishContext context) {
        if (!context.isSingle()) {
            return KeyValues.of(HighKey.BATCH_COUNT.withValue(
                    String.valueOf(context.messages().size())));
        }
        return context.ids().isEmpty()
                ? KeyValues.empty()
                : KeyValues.of(HighKey.MESSAGE_ID.withValue(
                        String.valueOf(context.ids().get(0))));
    }

    private static String destination(PublishContext context) {
        List<String> topics = context.messages().stream()
                .map(NewMessage::topic)
                .distinct()
                .limit(2)
                .toList();
        return topics.size() == 1 ? topics.get(0) : KeyValue.NONE_VALUE;
    }
}
