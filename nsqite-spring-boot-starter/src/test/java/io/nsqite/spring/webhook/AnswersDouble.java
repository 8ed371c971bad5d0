package io.nsqite.spring.webhook;

import io.nsqite.pull.PullConsumer;
import io.nsqite.pull.Receipt;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A pull consumer that remembers the answers. */
final class AnswersDouble {

    private final List<Long> finished = new CopyOnWriteArrayList<>();
    private final List<Long> requeued = new CopyOnWriteArrayList<>();
    private final List<Long> givenBack = new CopyOnWriteArrayList<>();
    private volatile long failing;

    PullConsumer consumer() {
        return (PullConsumer) Proxy.newProxyInstance(
                PullConsumer.class.getClassLoader(), new Class<?>[] {PullConsumer.class}, (proxy, method, values) -> {
                    switch (method.getName()) {
                        case "finish" -> finish(ids(values[0]));
                        case "requeue", "reject" -> requeued.addAll(ids(values[0]));
                        case "giveBack" -> givenBack.addAll(ids(values[0]));
                        case "extend" -> {}
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }

    private static List<Long> ids(Object receipts) {
        Collection<?> all = receipts instanceof Collection<?> several ? several : List.of(receipts);
        return all.stream().map(receipt -> ((Receipt) receipt).messageId()).toList();
    }

    private void finish(List<Long> ids) {
        if (ids.contains(failing)) {
            throw new IllegalStateException("told to fail");
        }
        finished.addAll(ids);
    }

    void failOnFinish(long id) {
        failing = id;
    }

    List<Long> finished() {
        return finished;
    }

    /** With those that were rejected. */
    List<Long> requeued() {
        return requeued;
    }

    List<Long> givenBack() {
        return givenBack;
    }
}
