package io.nsqite.model;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.consumer.MessageHandler;
import io.nsqite.consumer.Subscription;
import io.nsqite.message.Delivery;
import java.util.List;
import java.util.concurrent.Executor;
import javax.sql.DataSource;

/** The handlers of the channels. */
final class Handlers {

    private Handlers() {}

    static Subscription subscription(String topic, Behaviour behaviour, DataSource dataSource, Executor others) {
        Kind kind = behaviour.ledger().kind();
        ConsumerOptions options = kind.options();
        return switch (kind.acknowledgement()) {
            case RETURN -> new Subscription(topic, kind.channel(), options, returning(behaviour));
            case ANSWER ->
                new Subscription(topic, kind.channel(), options, delivery -> answer(behaviour, others, delivery));
            case COMMIT -> {
                BusinessTransaction transaction = new BusinessTransaction(dataSource, behaviour);
                yield new Subscription(topic, kind.channel(), options.withTransaction(transaction), (BatchHandler)
                        transaction::handle);
            }
        };
    }

    private static MessageHandler returning(Behaviour behaviour) {
        return behaviour.ledger().kind().isBatch()
                ? (BatchHandler) deliveries -> handleBatch(behaviour, deliveries)
                : delivery -> handleOne(behaviour, delivery);
    }

    private static void handleOne(Behaviour behaviour, Delivery delivery) {
        Worker worker = Worker.current();
        behaviour.begin(delivery);
        Act act = behaviour.act(delivery);
        switch (act) {
            case SUCCEED, LEAVE -> behaviour.succeeds(delivery, worker);
            case FAIL, FAIL_FOR_GOOD, FAIL_FOR_A_WHILE -> throw behaviour.fails(delivery, act, worker);
            default -> {
                behaviour.answer(delivery, act, worker);
                if (behaviour.happens(delivery, "throw after the answer", 3)) {
                    throw Refusal.forGood();
                }
            }
        }
    }

    /** One that fails ends the batch, in its own name or in that of all. */
    private static void handleBatch(Behaviour behaviour, List<Delivery> deliveries) {
        Worker worker = Worker.current();
        deliveries.forEach(behaviour::begin);
        List<Delivery> open = new java.util.ArrayList<>();
        for (int index = 0; index < deliveries.size(); index++) {
            Delivery delivery = deliveries.get(index);
            Act act = behaviour.act(delivery);
            switch (act) {
                case SUCCEED, LEAVE -> open.add(delivery);
                case FAIL, FAIL_FOR_GOOD, FAIL_FOR_A_WHILE -> {
                    if (act == Act.FAIL && behaviour.happens(delivery, "fail all", 2)) {
                        open.forEach(one -> behaviour.fails(one, act, worker));
                        deliveries.subList(index, deliveries.size()).forEach(one -> behaviour.fails(one, act, worker));
                        throw Refusal.forNow();
                    }
                    open.forEach(one -> behaviour.succeeds(one, worker));
                    deliveries.subList(index + 1, deliveries.size()).forEach(one -> behaviour.comesAgain(one, worker));
                    throw new BatchElementFailedException(index, behaviour.fails(delivery, act, worker));
                }
                default -> behaviour.answer(delivery, act, worker);
            }
        }
        open.forEach(one -> behaviour.succeeds(one, worker));
    }

    private static void answer(Behaviour behaviour, Executor others, Delivery delivery) {
        Worker worker = Worker.current();
        behaviour.begin(delivery);
        Act act = behaviour.act(delivery);
        switch (act) {
            case FAIL, FAIL_FOR_GOOD, FAIL_FOR_A_WHILE -> throw behaviour.fails(delivery, act, worker);
            case LEAVE -> behaviour.leave(delivery, worker);
            case SUCCEED -> others.execute(() -> answerLater(behaviour, delivery, worker));
            default -> behaviour.answer(delivery, act, worker);
        }
    }

    /** Nobody sees what the receiver throws, so it answers instead. */
    static void answerPulled(Behaviour behaviour, Executor others, Delivery delivery, Worker worker) {
        behaviour.begin(delivery, worker);
        Act act = behaviour.act(delivery);
        switch (act) {
            case FAIL -> behaviour.answer(delivery, Act.REQUEUE, worker);
            case FAIL_FOR_A_WHILE -> behaviour.answer(delivery, Act.REQUEUE_LATER, worker);
            case FAIL_FOR_GOOD -> behaviour.answer(delivery, Act.REJECT, worker);
            case LEAVE -> behaviour.leave(delivery, worker);
            case SUCCEED -> others.execute(() -> answerLater(behaviour, delivery, worker));
            default -> behaviour.answer(delivery, act, worker);
        }
    }

    private static void answerLater(Behaviour behaviour, Delivery delivery, Worker worker) {
        try {
            delivery.touch();
        } catch (io.nsqite.message.DeliveryLostException e) {
            behaviour.comesAgain(delivery, worker);
            behaviour.ledger().refused(delivery, e, worker);
            return;
        }
        behaviour.answer(delivery, Act.FINISH, worker);
        if (behaviour.happens(delivery, "answer twice", 8)) {
            try {
                delivery.finish();
                behaviour.ledger().violated("a second answer was accepted: " + delivery);
            } catch (IllegalStateException expected) {
                // of whatever kind
            }
        }
    }
}
