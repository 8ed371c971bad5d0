package io.nsqite.benchmarks.boot;

import io.nsqite.benchmarks.bare.BareTable;
import io.nsqite.benchmarks.queue.Names;
import io.nsqite.spring.NsqiteListener;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** A transactional listener that stores a row for each message of a batch. */
final class StoringListener {

    private final JdbcTemplate jdbc;
    private final PayloadSink sink;

    StoringListener(JdbcTemplate jdbc, PayloadSink sink) {
        this.jdbc = jdbc;
        this.sink = sink;
    }

    @NsqiteListener(topic = Names.TOPIC, channel = Names.LISTENER, transactional = true, batchSize = 100)
    void store(List<byte[]> payloads) {
        jdbc.batchUpdate(
                BareTable.BUSINESS.insert(), payloads, payloads.size(), (row, payload) -> row.setBytes(1, payload));
        payloads.forEach(sink::accept);
    }
}
