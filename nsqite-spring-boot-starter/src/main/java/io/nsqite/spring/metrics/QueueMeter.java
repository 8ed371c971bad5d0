package io.nsqite.spring.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/** All meters of the queue. */
public enum QueueMeter implements MeterDocumentation {
    PUBLISHED(
            "nsqite.messages.published",
            Meter.Type.COUNTER,
            "messages",
            Tags.TOPIC,
            "Messages that were published by this process and committed"),

    DELIVERED(
            "nsqite.messages.delivered",
            Meter.Type.COUNTER,
            "messages",
            Tags.CHANNEL,
            "Attempts that began: messages handed to a handler, each time counted"),

    RETRIED(
            "nsqite.messages.retried",
            Meter.Type.COUNTER,
            "messages",
            Tags.CHANNEL,
            "Attempts after the first, of those delivered"),

    SUCCEEDED("nsqite.messages.succeeded", Meter.Type.COUNTER, "messages", Tags.CHANNEL, "Messages that are done"),

    FAILED(
            "nsqite.messages.failed",
            Meter.Type.COUNTER,
            "messages",
            Tags.CHANNEL,
            "Attempts that failed, were rejected, or got no answer in time"),

    REQUEUED(
            "nsqite.messages.requeued",
            Meter.Type.COUNTER,
            "messages",
            Tags.CHANNEL,
            "Attempts that ended because the handler wanted the message again"),

    DEAD("nsqite.messages.dead", Meter.Type.COUNTER, "messages", Tags.CHANNEL, "Messages that became dead letters"),

    HANDLING(
            "nsqite.handling",
            Meter.Type.TIMER,
            null,
            Tags.CHANNEL,
            "Calls of handlers, with their transactions; a batch is one"),

    LATENCY(
            "nsqite.latency",
            Meter.Type.TIMER,
            null,
            Tags.CHANNEL,
            "From the commit to the handler, of messages that nothing has delayed"),

    LAG(
            "nsqite.channel.lag",
            Meter.Type.GAUGE,
            "messages",
            Tags.CHANNEL,
            "Messages that a channel has before it, dead letters not counted"),

    OLDEST_AGE(
            "nsqite.channel.oldest.age",
            Meter.Type.GAUGE,
            "seconds",
            Tags.CHANNEL,
            "How long the oldest message of a channel has been waiting"),

    DEAD_LETTERS(
            "nsqite.channel.dead.letters", Meter.Type.GAUGE, "messages", Tags.CHANNEL, "Dead letters of a channel"),

    IN_FLIGHT(
            "nsqite.channel.in.flight",
            Meter.Type.GAUGE,
            "messages",
            Tags.CHANNEL,
            "Messages of a channel in the hands of this process"),

    CHANNELS(
            "nsqite.channels",
            Meter.Type.GAUGE,
            "channels",
            Tags.NONE,
            "Channels of all topics, whichever process serves them"),

    WRITER_BATCH(
            "nsqite.writer.batch",
            Meter.Type.DISTRIBUTION_SUMMARY,
            "operations",
            Tags.NONE,
            "How many pieces of work share a transaction of the queue's writer"),

    WRITER_WAIT(
            "nsqite.writer.wait",
            Meter.Type.TIMER,
            null,
            Tags.NONE,
            "How long the queue's writer waits for the permit to write"),

    WRITER_COMMIT("nsqite.writer.commit", Meter.Type.TIMER, null, Tags.NONE, "How long its commits take"),

    WAL_SIZE(
            "nsqite.wal.size",
            Meter.Type.GAUGE,
            "bytes",
            Tags.NONE,
            "Size of the write-ahead log beside the database file");

    private final String meterName;
    private final Meter.Type type;
    private final @Nullable String baseUnit;
    private final Tags tags;
    private final String description;

    QueueMeter(String meterName, Meter.Type type, @Nullable String baseUnit, Tags tags, String description) {
        this.meterName = meterName;
        this.type = type;
        this.baseUnit = baseUnit;
        this.tags = tags;
        this.description = description;
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    /** What it counts in; null for timers, whose unit is the registry's. */
    @Override
    public @Nullable String getBaseUnit() {
        return baseUnit;
    }

    /** What it means, in a sentence. */
    public String description() {
        return description;
    }

    @Override
    public KeyName[] getKeyNames() {
        return tags.keys.clone();
    }

    private enum Tags {
        NONE,
        TOPIC(Key.TOPIC),
        CHANNEL(Key.TOPIC, Key.CHANNEL);

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final KeyName[] keys;

        Tags(KeyName... keys) {
            this.keys = keys;
        }
    }

    /** Tags. */
    public enum Key implements KeyName {
        /** The topic, or {@code other} for those beyond {@code nsqite.metrics.max-topics}. */
        TOPIC {
            @Override
            public String asString() {
                return "topic";
            }
        },

        /** The channel, or {@code other} for those beyond {@code nsqite.metrics.max-channels}. */
        CHANNEL {
            @Override
            public String asString() {
                return "channel";
            }
        }
    }
}
