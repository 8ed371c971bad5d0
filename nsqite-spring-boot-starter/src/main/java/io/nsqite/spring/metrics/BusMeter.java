package io.nsqite.spring.metrics;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import io.nsqite.bus.BusSubscriptionStatus;
import java.util.function.ToDoubleFunction;

/** All meters of the event bus but {@link #UNHEARD}, each of which is a figure of a subscription. */
public enum BusMeter implements MeterDocumentation {
    SUCCEEDED(
            "nsqite.bus.succeeded",
            Meter.Type.COUNTER,
            "events",
            "Events that are done",
            BusSubscriptionStatus::succeeded),

    FAILED(
            "nsqite.bus.failed",
            Meter.Type.COUNTER,
            "events",
            "Attempts that failed, were rejected, or got no answer in time",
            BusSubscriptionStatus::failed),

    RETRIED(
            "nsqite.bus.retried",
            Meter.Type.COUNTER,
            "events",
            "Events that were put aside to be tried again, each time counted",
            BusSubscriptionStatus::retried),

    GIVEN_UP(
            "nsqite.bus.given.up",
            Meter.Type.COUNTER,
            "events",
            "Events that were given up after their last attempt",
            BusSubscriptionStatus::givenUp),

    DISCARDED(
            "nsqite.bus.discarded",
            Meter.Type.COUNTER,
            "events",
            "Events that a subscriber has not got as it had no room",
            BusSubscriptionStatus::discarded),

    TIMED_OUT(
            "nsqite.bus.timed.out",
            Meter.Type.COUNTER,
            "events",
            "Events that a subscriber has not got as it had no room until the publisher's time was over",
            BusSubscriptionStatus::timedOut),

    WAITING(
            "nsqite.bus.waiting",
            Meter.Type.GAUGE,
            "events",
            "Events that wait for their first attempt",
            BusSubscriptionStatus::waiting),

    RETRYING(
            "nsqite.bus.retrying",
            Meter.Type.GAUGE,
            "events",
            "Events that wait for another attempt",
            BusSubscriptionStatus::retrying),

    IN_FLIGHT(
            "nsqite.bus.in.flight",
            Meter.Type.GAUGE,
            "events",
            "Events in the hands of handlers",
            BusSubscriptionStatus::inHand),

    WAITING_PUBLISHERS(
            "nsqite.bus.waiting.publishers",
            Meter.Type.GAUGE,
            "threads",
            "Threads that wait for room to publish",
            BusSubscriptionStatus::waitingPublishers),

    UNHEARD(
            "nsqite.bus.unheard",
            Meter.Type.COUNTER,
            "events",
            "Events that were published to topics without subscribers",
            status -> Double.NaN) {

        @Override
        public KeyName[] getKeyNames() {
            return new KeyName[0];
        }
    };

    private final String meterName;
    private final Meter.Type type;
    private final String baseUnit;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // refers to a method
    private final ToDoubleFunction<BusSubscriptionStatus> figure;

    BusMeter(
            String meterName,
            Meter.Type type,
            String baseUnit,
            String description,
            ToDoubleFunction<BusSubscriptionStatus> figure) {
        this.meterName = meterName;
        this.type = type;
        this.baseUnit = baseUnit;
        this.description = description;
        this.figure = figure;
    }

    @Override
    public String getName() {
        return meterName;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public String getBaseUnit() {
        return baseUnit;
    }

    /** What it means, in a sentence. */
    public String description() {
        return description;
    }

    @Override
    public KeyName[] getKeyNames() {
        return QueueMeter.Key.values();
    }

    double of(BusSubscriptionStatus status) {
        return figure.applyAsDouble(status);
    }
}
