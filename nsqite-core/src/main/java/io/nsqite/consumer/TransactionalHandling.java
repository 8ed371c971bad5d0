package io.nsqite.consumer;

import io.nsqite.message.DeliveryLostException;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.store.AcknowledgementStore;
import io.nsqite.store.AcknowledgementStore.Acknowledged;
import io.nsqite.store.Claim;
import io.nsqite.store.Mark;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The commit of the handler's transaction acknowledges. */
final class TransactionalHandling extends Handling {

    private static final Logger log = LoggerFactory.getLogger(TransactionalHandling.class);

    private final HandlerTransaction transaction;
    private final Tenure tenure;
    private final Engine engine;
    private final AcknowledgementStore store;

    TransactionalHandling(MessageHandler handler, Tenure tenure, HandlerTransaction transaction, Engine engine) {
        super(handler, tenure.answers());
        this.transaction = transaction;
        this.tenure = tenure;
        this.engine = engine;
        store = engine.store().acknowledgements();
    }

    @Override
    void handle(List<Handout> handouts) {
        Attempt attempt = new Attempt(handouts);
        try {
            transaction.run(attempt);
            attempt.requireAcknowledged();
        } catch (Throwable failure) { // an Error of one message must not end the consumer
            failed(handouts, attempt, failure);
            return;
        }
        attempt.committed();
    }

    private void failed(List<Handout> handouts, Attempt attempt, Throwable failure) {
        if (attempt.mayBeCommitted()) {
            log.warn("{} was committed, and something failed afterwards", handouts.get(0), failure);
            attempt.committed();
            return;
        }
        answers().close(handouts);
        if (failure instanceof DeliveryLostException) {
            log.warn("{} was rolled back", handouts.get(0), failure);
            tenure.checkClaim(); // if it is ours, the handler has thrown it for a reason of its own
        }
        answers().carryOut(handouts);
        if (Failures.cause(failure, RollbackForAnswer.class).isPresent()) {
            answers().notStarted(handouts);
        } else {
            fail(handouts, failure);
        }
    }

    @Override
    void endThoseBefore(List<Handout> handouts) {
        answers().notStarted(handouts); // as what was done for them is rolled back
    }

    /** A handler's answer other than success, which rolls the transaction back. */
    private static final class RollbackForAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RollbackForAnswer() {
            super(
                    "The handler has requeued or rejected its message, so its transaction is rolled back",
                    null,
                    false,
                    false);
        }
    }

    private final class Attempt implements HandlerTransaction.Body {

        private final List<Handout> handouts;
        private final Claim claim = tenure.claim();
        private final List<Acknowledged> written = new ArrayList<>();

        Attempt(List<Handout> handouts) {
            this.handouts = handouts;
        }

        @Override
        public void handle() throws Exception {
            invoke(handouts);
            if (answers().close(handouts)) {
                throw new RollbackForAnswer();
            }
        }

        @Override
        public void acknowledge(Connection connection) throws SQLException {
            engine.database().requireHere(connection);
            Connection repaired = repaired(connection);
            List<Mark> messages = handouts.stream()
                    .map(handout ->
                            new Mark(handout.message().id(), handout.message().priority()))
                    .toList();
            written.addAll(store.acknowledge(repaired == null ? connection : repaired, claim, messages)
                    .orElseThrow(() -> new DeliveryLostException(
                            "%s is not this process's any more, as another process has taken the channel; the transaction is rolled back"
                                    .formatted(handouts.get(0)))));
        }

        void requireAcknowledged() {
            if (written.size() < handouts.size()) {
                throw new IllegalStateException(
                        "A HandlerTransaction must call handle and then acknowledge, but it returned without acknowledge, so %s counts as failed; let it call both in one transaction"
                                .formatted(handouts.get(0)));
            }
        }

        void committed() {
            for (int i = 0; i < handouts.size(); i++) {
                answers().acknowledged(handouts.get(i), written.get(i).leavesDoneRow());
            }
        }

        /** Whether the transaction was committed though something failed: the table says. */
        boolean mayBeCommitted() {
            Optional<Boolean> committed = Optional.empty();
            while (written.size() == handouts.size() && committed.isEmpty() && !tenure.isOver()) {
                committed = lookUp();
            }
            return committed.orElse(false);
        }

        private Optional<Boolean> lookUp() {
            long id = handouts.get(0).message().id();
            try {
                return Optional.of(engine.database()
                        .reader()
                        .read(connection -> store.isCommitted(connection, claim, id, written.get(0))));
            } catch (SQLException e) {
                log.warn("{}: whether its transaction was committed can't be read yet", handouts.get(0), e);
                tenure.awaitChange();
                return Optional.empty();
            }
        }
    }

    private static @Nullable Connection repaired(Connection connection) throws SQLException {
        return connection.isWrapperFor(SqliteConnection.class) ? connection.unwrap(SqliteConnection.class) : null;
    }
}
