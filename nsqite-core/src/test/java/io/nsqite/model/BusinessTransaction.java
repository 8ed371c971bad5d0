package io.nsqite.model;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.HandlerTransaction;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Handlers that write a row for each message, in a transaction with its acknowledgement. */
final class BusinessTransaction implements HandlerTransaction {

    static final String TABLE = "CREATE TABLE effect (channel TEXT NOT NULL, message INTEGER NOT NULL)";

    private final ThreadLocal<Connection> current = new ThreadLocal<>();
    private final ThreadLocal<List<Delivery>> handled = new ThreadLocal<>();
    private final DataSource dataSource;
    private final Behaviour behaviour;
    private final ChannelLedger ledger;

    BusinessTransaction(DataSource dataSource, Behaviour behaviour) {
        this.dataSource = dataSource;
        this.behaviour = behaviour;
        ledger = behaviour.ledger();
    }

    @Override
    public void run(Body body) throws Exception {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            current.set(connection);
            try {
                body.handle();
                acknowledge(body, connection);
                handled.get().forEach(ledger::committing);
                connection.commit();
            } catch (Throwable failure) {
                connection.rollback();
                throw failure;
            }
        }
        Worker worker = Worker.current();
        handled.get().forEach(delivery -> ledger.committed(delivery, worker));
        if (behaviour.happens(handled.get().get(0), "fail after the commit", 20)) {
            throw Refusal.forGood();
        }
    }

    private void acknowledge(Body body, Connection connection) throws SQLException {
        Worker worker = Worker.current();
        List<Delivery> deliveries = handled.get();
        try {
            body.acknowledge(connection);
        } catch (DeliveryLostException e) {
            deliveries.forEach(delivery -> {
                behaviour.comesAgain(delivery, worker);
                ledger.refused(delivery, e, worker);
            });
            throw e;
        }
        if (behaviour.happens(deliveries.get(0), "fail after the acknowledgement", 15)) {
            deliveries.forEach(delivery -> behaviour.fails(delivery, Act.FAIL, worker));
            throw Refusal.forNow();
        }
    }

    void handle(List<Delivery> deliveries) throws SQLException {
        Worker worker = Worker.current();
        handled.set(List.copyOf(deliveries));
        deliveries.forEach(behaviour::begin);
        for (int index = 0; index < deliveries.size(); index++) {
            Delivery delivery = deliveries.get(index);
            write(delivery);
            Act act = behaviour.act(delivery);
            switch (act) {
                case SUCCEED, LEAVE, FINISH -> {}
                case FAIL, FAIL_FOR_GOOD, FAIL_FOR_A_WHILE -> throw named(deliveries, index, act, worker);
                default -> {
                    others(deliveries, index).forEach(one -> behaviour.comesAgain(one, worker));
                    behaviour.answer(delivery, act, worker);
                    return;
                }
            }
        }
    }

    private RuntimeException named(List<Delivery> deliveries, int index, Act act, Worker worker) {
        others(deliveries, index).forEach(one -> behaviour.comesAgain(one, worker));
        RuntimeException failure = behaviour.fails(deliveries.get(index), act, worker);
        return deliveries.size() == 1 ? failure : new BatchElementFailedException(index, failure);
    }

    private static List<Delivery> others(List<Delivery> deliveries, int index) {
        List<Delivery> others = new java.util.ArrayList<>(deliveries);
        others.remove(index);
        return others;
    }

    private void write(Delivery delivery) throws SQLException {
        try (PreparedStatement insert =
                current.get().prepareStatement("INSERT INTO effect (channel, message) VALUES (?, ?)")) {
            insert.setString(1, delivery.channel());
            insert.setLong(2, delivery.message().id());
            insert.executeUpdate();
        }
    }
}
