package io.nsqite.spring.handler;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.message.Delivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Calls a listener method with lists made of several deliveries. */
final class BatchListenerMethod implements BatchHandler {

    private final ListenerMethod method;
    private final List<ElementReader> readers;
    private final BatchMode mode;
    private final String name;

    /** @param readers for each parameter, in their order */
    BatchListenerMethod(ListenerMethod method, List<ElementReader> readers, BatchMode mode, String name) {
        this.method = method;
        this.readers = List.copyOf(readers);
        this.mode = mode;
        this.name = name;
    }

    @Override
    public void handle(List<Delivery> deliveries) throws Exception {
        Batch batch = new Batch();
        for (int index = 0; index < deliveries.size(); index++) {
            Delivery delivery = deliveries.get(index);
            try {
                batch.add(index, delivery);
            } catch (UnusableMessageException unusable) {
                if (mode != BatchMode.MANUAL) {
                    endAt(index, unusable, batch);
                }
                delivery.reject(unusable);
            }
        }
        batch.call();
    }

    private void endAt(int index, UnusableMessageException unusable, Batch batch) throws Exception {
        if (mode == BatchMode.AUTOMATIC) {
            batch.call();
        }
        throw new BatchElementFailedException(index, unusable);
    }

    /** What can be given to the method. */
    private final class Batch {

        private final List<Integer> indexes = new ArrayList<>();
        private final List<List<Object>> lists =
                readers.stream().<List<Object>>map(reader -> new ArrayList<>()).toList();

        void add(int index, Delivery delivery) {
            List<Object> elements = elements(delivery);
            for (int parameter = 0; parameter < elements.size(); parameter++) {
                lists.get(parameter).add(elements.get(parameter));
            }
            indexes.add(index);
        }

        private List<Object> elements(Delivery delivery) {
            List<Object> elements = new ArrayList<>();
            try {
                for (ElementReader reader : readers) {
                    elements.add(reader.read(delivery));
                }
            } catch (Exception e) {
                throw new UnusableMessageException(delivery.message(), name, e);
            }
            return elements;
        }

        void call() throws Exception {
            if (indexes.isEmpty()) {
                return;
            }
            try {
                method.doInvoke(
                        lists.stream().map(Collections::unmodifiableList).toArray());
            } catch (BatchElementFailedException failed) {
                throw named(failed);
            }
        }

        /** The method names an element of what it got, which may be less than what was delivered. */
        private BatchElementFailedException named(BatchElementFailedException failed) {
            boolean unchanged = failed.index() >= indexes.size() || indexes.get(failed.index()) == failed.index();
            return unchanged
                    ? failed
                    : new BatchElementFailedException(
                            indexes.get(failed.index()), Objects.requireNonNullElse(failed.getCause(), failed));
        }
    }
}
