package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.NsqiteBuilder;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.DeliveryInterceptor;
import io.nsqite.message.Delivery;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Interceptors are around handlers and their transactions. */
abstract class InterceptorTests extends BehaviourTest {

    private final List<String> steps = new CopyOnWriteArrayList<>();
    private DeliveryInterceptor inner = (deliveries, handling) -> handling.proceed();

    @Override
    NsqiteBuilder prepared(NsqiteBuilder builder) {
        return builder.interceptor(this::outer)
                .interceptor((deliveries, handling) -> inner.around(deliveries, handling));
    }

    private void outer(List<Delivery> deliveries, DeliveryInterceptor.Handling handling) throws Exception {
        steps.add("before " + deliveries.size());
        try {
            handling.proceed();
            steps.add("after");
        } catch (IllegalStateException e) {
            steps.add("after " + e.getMessage());
            throw e;
        }
    }

    @Test
    void theFirstIsTheOutermost() {
        inner = (deliveries, handling) -> {
            steps.add("inner before");
            handling.proceed();
            steps.add("inner after");
        };
        consume(OPTIONS, delivery -> steps.add("handled"));
        publish("a");
        await(() -> steps.size() == 5);
        assertThat(steps).containsExactly("before 1", "inner before", "handled", "inner after", "after");
        drain();
    }

    @Test
    void itSeesWhatFailsAndTheTransaction() throws Exception {
        ApplicationTransactions transactions = new ApplicationTransactions(queue);
        consume(
                OPTIONS.withTransaction(body -> {
                    steps.add("begin");
                    transactions.run(body);
                    steps.add("committed");
                }),
                delivery -> {
                    if (delivery.attempt() == 1) {
                        throw new IllegalStateException("no mail today");
                    }
                });
        publish("a");
        passUntil(() -> steps.size() == 7);
        assertThat(steps)
                .containsExactly("before 1", "begin", "after no mail today", "before 1", "begin", "committed", "after");
        drain();
    }

    @Test
    void whatItThrowsIsTheHandlersFailure() {
        inner = (deliveries, handling) -> {
            throw new IllegalStateException("no tenant");
        };
        consume(OPTIONS.withMaxAttempts(1), this::record);
        publish("a");
        drain();
        assertThat(handled).isEmpty();
        assertThat(deadLetters())
                .singleElement()
                .satisfies(dead -> assertThat(dead.error()).contains("no tenant"));
    }

    @Test
    void itGetsAWholeBatch() {
        Consumer consumer = consume(OPTIONS.withBatchSize(3), (BatchHandler) batch -> batch.forEach(this::record));
        consumer.pause();
        publishAll("a", "b", "c");
        consumer.resume();
        drain();
        assertThat(steps).containsExactly("before 3", "after");
    }

    @Test
    void whatItDoesNotLetThroughIsDone() {
        inner = (deliveries, handling) -> {};
        consume(OPTIONS, this::record);
        publish("a");
        drain();
        assertThat(handled).isEmpty();
        assertThat(deadLetters()).isEmpty();
    }
}
