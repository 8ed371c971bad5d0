package io.nsqite.process;

import io.nsqite.Nsqite;
import io.nsqite.NsqiteOptions;
import io.nsqite.sqlite.SqliteDataSource;
import java.util.function.Consumer;

/** Uses the queue; meant to be loaded by another class loader, so it speaks to the outside in types of the JDK. */
public final class CopiedProgram implements AutoCloseable {

    private final Nsqite nsqite;

    public CopiedProgram(String url, Consumer<Long> handler) {
        nsqite = Nsqite.builder(SqliteDataSource.forUrl(url))
                .options(NsqiteOptions.defaults().withLease(ProcessTest.NO_LEASE))
                .build();
        nsqite.consume(
                ProcessTest.TOPIC,
                ProcessTest.CHANNEL,
                delivery -> handler.accept(delivery.message().id()));
    }

    @Override
    public void close() {
        nsqite.close();
    }
}
