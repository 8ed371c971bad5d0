package io.nsqite.spring.test;

import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Consumer.State;
import io.nsqite.consumer.Consumers;
import io.nsqite.store.QueueErasure;
import io.nsqite.wakeup.Deadline;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Empties the queue between two tests. Consumers are stopped meanwhile: that waits for what they have in hand, and they forget what they
 * have read.
 */
final class QueueReset {

    private final Consumers consumers;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transactions;
    private final QueueErasure erasure;

    QueueReset(Consumers consumers, DataSource dataSource, QueueErasure erasure) {
        this.consumers = consumers;
        this.erasure = erasure;
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }

    /** @throws IllegalStateException if handlers hang; the queue is empty all the same */
    void run(Duration limit) {
        List<Consumer> all = consumers.all();
        List<Consumer> serving = inState(all, State.ACTIVE);
        List<Consumer> standingBy = inState(all, State.STANDBY);
        List<Consumer> hanging = stop(all, limit);
        try {
            erase(hanging, limit);
        } finally {
            standingBy.forEach(Consumer::start);
            serving.forEach(Consumer::start);
            serving.forEach(consumer -> consumer.awaitActive(limit));
        }
    }

    private static List<Consumer> inState(List<Consumer> consumers, State state) {
        return consumers.stream().filter(consumer -> consumer.state() == state).toList();
    }

    /** Those that did not finish. All are paused first, so that none is given more while it waits for its turn to be stopped. */
    private static List<Consumer> stop(List<Consumer> consumers, Duration limit) {
        long deadline = Deadline.after(limit);
        consumers.forEach(Consumer::pause);
        List<Consumer> hanging = consumers.stream()
                .filter(consumer -> !consumer.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime()))))
                .toList();
        consumers.forEach(Consumer::resume);
        return hanging;
    }

    /** Also if some hang, so that they spoil one test and not all that follow. */
    private void erase(List<Consumer> hanging, Duration limit) {
        try {
            transactions.executeWithoutResult(status -> erase());
        } catch (RuntimeException e) {
            throw hanging.isEmpty() ? e : new IllegalStateException(hang(hanging, limit), e);
        }
        if (!hanging.isEmpty()) {
            throw new IllegalStateException(hang(hanging, limit));
        }
    }

    private void erase() {
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            erasure.erase(connection);
            return true;
        });
    }

    private static String hang(List<Consumer> hanging, Duration limit) {
        return ("The queue was to be emptied before a test, but what an earlier one left in the hands of %s was not finished within %s;"
                        + " its handlers were interrupted. Let each test wait for its listeners, and answer each delivery that is"
                        + " acknowledged by hand")
                .formatted(hanging.stream().map(Passes::name).toList(), limit);
    }
}
