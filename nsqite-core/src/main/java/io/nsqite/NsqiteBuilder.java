package io.nsqite;

import io.nsqite.producer.CallerTransaction;
import io.nsqite.producer.PayloadEncoder;
import java.time.InstantSource;
import java.util.Objects;
import javax.sql.DataSource;

/** Builds a {@link Nsqite}. Not safe for use by several threads. */
public final class NsqiteBuilder {

    private final DataSource dataSource;
    private NsqiteOptions options = NsqiteOptions.defaults();
    private CallerTransaction callerTransaction = CallerTransaction.none();
    private PayloadEncoder payloadEncoder = PayloadEncoder.plain();
    private InstantSource clock = InstantSource.system();

    NsqiteBuilder(DataSource dataSource) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
    }

    /** Settings; {@link NsqiteOptions#defaults()} unless given. */
    public NsqiteBuilder options(NsqiteOptions newOptions) {
        options = Objects.requireNonNull(newOptions, "options");
        return this;
    }

    /** How to find the caller's transaction; none but those given explicitly unless given. */
    public NsqiteBuilder callerTransaction(CallerTransaction newCallerTransaction) {
        callerTransaction = Objects.requireNonNull(newCallerTransaction, "callerTransaction");
        return this;
    }

    /** How payloads become bytes; {@link PayloadEncoder#plain()} unless given. */
    public NsqiteBuilder payloadEncoder(PayloadEncoder newPayloadEncoder) {
        payloadEncoder = Objects.requireNonNull(newPayloadEncoder, "payloadEncoder");
        return this;
    }

    /** Where the wall-clock time comes from; the system unless given. */
    public NsqiteBuilder clock(InstantSource newClock) {
        clock = Objects.requireNonNull(newClock, "clock");
        return this;
    }

    /**
     * Opens the queue: checks or creates its tables, registers this process, and is ready to publish.
     */
    public Nsqite build() {
        throw new IllegalStateException("engine comes with the next commits");
    }
}
