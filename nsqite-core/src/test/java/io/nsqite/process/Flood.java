package io.nsqite.process;

import io.nsqite.Nsqite;
import io.nsqite.message.NewMessage;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.sqlite.SqliteDataSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Publishes as fast as it can until it is told to stop, on some threads and in a transaction for each message. */
final class Flood {

    private final Nsqite nsqite;
    private final SqliteDataSource source;
    private final NewMessage message;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Long>> published = new ArrayList<>();
    private volatile boolean calm;

    private Flood(Nsqite nsqite, SqliteDataSource source, String publisher) {
        this.nsqite = nsqite;
        this.source = source;
        message = NewMessage.to(ProcessTest.TOPIC, "flood").withKey(publisher);
    }

    /** @param publisher is the key of all messages */
    static Flood begin(Nsqite nsqite, SqliteDataSource source, String publisher, int threads) {
        Flood flood = new Flood(nsqite, source, publisher);
        for (int number = 0; number < threads; number++) {
            Callable<Long> publishing = flood::publish;
            flood.published.add(flood.threads.submit(publishing));
        }
        return flood;
    }

    private long publish() throws Exception {
        long messages = 0;
        try (SqliteConnection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            while (!calm) {
                nsqite.producer().publishTx(connection, message);
                connection.commit();
                messages++;
            }
        }
        return messages;
    }

    /** Stops, and tells how many messages it published; fails if a transaction failed. */
    long calm() throws Exception {
        calm = true;
        long sum = 0;
        for (Future<Long> thread : published) {
            sum += thread.get();
        }
        threads.shutdown();
        return sum;
    }
}
