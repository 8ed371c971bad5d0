package io.nsqite.spring.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** What is observed of the queue. Names and keys follow OpenTelemetry's conventions for messaging. */
public enum QueueObservation implements ObservationDocumentation {
    /** A call of the producer, with one message or several. It ends before the transaction that it has joined. */
    PUBLISH {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultPublishObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return new KeyName[] {LowKey.SYSTEM, LowKey.OPERATION_NAME, LowKey.OPERATION_TYPE, LowKey.DESTINATION};
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return new KeyName[] {HighKey.MESSAGE_ID, HighKey.BATCH_COUNT};
        }
    },

    /** A call of a handler, with its transaction, for one message or a batch. */
    PROCESS {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return DefaultProcessObservationConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return LowKey.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return HighKey.values();
        }
    };

    /** Keys with few values. */
    public enum LowKey implements KeyName {
        /** {@code nsqite}. */
        SYSTEM("messaging.system"),

        /** {@code publish} or {@code process}. */
        OPERATION_NAME("messaging.operation.name"),

        /** {@code send} or {@code process}. */
        OPERATION_TYPE("messaging.operation.type"),

        /** The topic; {@code none} for a call that publishes to several. */
        DESTINATION("messaging.destination.name"),

        /** The channel. */
        CONSUMER_GROUP("messaging.consumer.group.name");

        private final String key;

        LowKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** Keys with many values, which are for traces only. */
    public enum HighKey implements KeyName {
        /** The id of the message, where it is one; when publishing fails there is none. */
        MESSAGE_ID("messaging.message.id"),

        /** How many messages, where it was a collection or a batch. */
        BATCH_COUNT("messaging.batch.message_count"),

        /** Which execution this is, from 1, where it is of one message. */
        ATTEMPT("nsqite.message.attempt");

        private final String key;

        HighKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
