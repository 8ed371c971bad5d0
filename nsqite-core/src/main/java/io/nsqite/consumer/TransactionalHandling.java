package io.nsqite.consumer;

import io.nsqite.message.DeliveryLostException;
import io.nsqite.sqlite.SqliteConnection;
import io.nsqite.store.AcknowledgementStore;
import io.nsqite.store.AcknowledgementStore.Acknowledged;
import io.nsqite.store.Claim;
import io.nsqite.store.Mark;
import java.sql.Connection;
import java.sql.SQLException;
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
        super(handler, tenure.answers(), engine);
        this.transaction = transaction;
        this.tenure = tenure;
        this.engine = engine;
        store = engine.store().acknowledgements();
    }

    @Override
    void handle(List<Handout> handouts) {
        Attempt attempt = new Attempt(handouts);
        Acknowledgement acknowledgement;
        try {
            intercepted(handouts, () -> transaction.run(attempt));
            acknowledgement = attempt.requireAcknowledged();
        } catch (Throwable failure) { // an Error of one message must not end the consumer
            failed(handouts, attempt, failure);
            return;
        }
        attempt.committed(acknowledgement);
    }

    private void failed(List<Handout> handouts, Attempt attempt, Throwable failure) {
        Acknowledgement committed = attempt.committedAllTheSame();
        if (committed != null) {
            log.warn("{} was committed, and something failed afterwards", handouts.get(0), failure);
            attempt.committed(committed);
            return;
        }
        attempt.rolledBack();
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
        private final List<Entry> entries;
        private final Claim claim = tenure.claim();
        private @Nullable Acknowledgement acknowledgement;

        Attempt(List<Handout> handouts) {
            this.handouts = handouts;
            entries = handouts.stream().map(Handout::entry).toList();
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
            Connection itsConnection = repaired == null ? connection : repaired;
            if (acknowledgement != null && acknowledgement.isCommitted(itsConnection, store)) {
                return; // it was called before in this transaction
            }
            rolledBack(); // or in another one, which is being repeated
            if (!moves(itsConnection)) {
                acknowledgement = writeRows(itsConnection);
            }
        }

        private boolean moves(Connection connection) throws SQLException {
            HeadMove move = answers().beginMove(entries);
            if (move == null) {
                return false;
            }
            acknowledgement = new Acknowledgement.OfHead(move); // before it is written, in case that fails
            boolean hasMoved = false;
            try {
                hasMoved = store.move(connection, move.claim(), move.move());
            } finally {
                if (!hasMoved) {
                    rolledBack();
                }
            }
            return hasMoved;
        }

        private Acknowledgement writeRows(Connection connection) throws SQLException {
            List<Mark> messages = entries.stream()
                    .map(entry -> new Mark(entry.id(), entry.priority()))
                    .toList();
            List<Acknowledged> written = store.acknowledge(connection, claim, messages)
                    .orElseThrow(() -> new DeliveryLostException(
                            "%s is not this process's any more, as another process has taken the channel; the transaction is rolled back"
                                    .formatted(handouts.get(0))));
            return new Acknowledgement.OfRows(claim, entries, written);
        }

        Acknowledgement requireAcknowledged() {
            if (acknowledgement == null) {
                throw new IllegalStateException(
                        "A HandlerTransaction must call handle and then acknowledge, but it returned without acknowledge, so %s counts as failed; let it call both in one transaction"
                                .formatted(handouts.get(0)));
            }
            return acknowledgement;
        }

        void committed(Acknowledgement itsAcknowledgement) {
            answers().acknowledged(handouts, itsAcknowledgement);
        }

        void rolledBack() {
            if (acknowledgement != null) {
                answers().notAcknowledged(acknowledgement);
                acknowledgement = null;
            }
        }

        /** What was committed though something failed: the table says. */
        @Nullable
        Acknowledgement committedAllTheSame() {
            Acknowledgement written = acknowledgement;
            Optional<Boolean> committed = Optional.empty();
            while (written != null && committed.isEmpty() && !tenure.isOver()) {
                committed = lookUp(written);
            }
            return committed.orElse(false) ? written : null;
        }

        private Optional<Boolean> lookUp(Acknowledgement written) {
            try {
                return Optional.of(
                        engine.database().reader().read(connection -> written.isCommitted(connection, store)));
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
