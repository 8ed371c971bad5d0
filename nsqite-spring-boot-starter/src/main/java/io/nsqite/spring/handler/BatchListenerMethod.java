package io.nsqite.spring.handler;

import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.consumer.BatchHandler;
import io.nsqite.message.Delivery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Calls a listener method with lists made of several deliveries. A message that can't be given to it is no harm to the
 * others: the method gets those before it, then the batch ends at it, and those after it come in another one.
 */
final class BatchListenerMethod implements BatchHandler {

    private final ListenerMethod method;
    private final List<ElementReader> readers;
    private final String name;

    /** @param readers for each parameter, in their order */
    BatchListenerMethod(ListenerMethod method, List<ElementReader> readers, String name) {
        this.method = method;
        this.readers = List.copyOf(readers);
        this.name = name;
    }

    @Override
    public void handle(List<Delivery> deliveries) throws Exception {
        List<List<Object>> lists =
                readers.stream().<List<Object>>map(reader -> new ArrayList<>()).toList();
        for (int index = 0; index < deliveries.size(); index++) {
            List<Object> elements;
            try {
                elements = elements(deliveries.get(index));
            } catch (Exception e) {
                callUnlessEmpty(index, lists);
                throw new BatchElementFailedException(
                        index,
                        new UnusableMessageException(deliveries.get(index).message(), name, e));
            }
            for (int parameter = 0; parameter < lists.size(); parameter++) {
                lists.get(parameter).add(elements.get(parameter));
            }
        }
        call(lists);
    }

    private List<Object> elements(Delivery delivery) throws Exception {
        List<Object> elements = new ArrayList<>();
        for (ElementReader reader : readers) {
            elements.add(reader.read(delivery));
        }
        return elements;
    }

    private void callUnlessEmpty(int size, List<List<Object>> lists) throws Exception {
        if (size > 0) {
            call(lists);
        }
    }

    private void call(List<List<Object>> lists) throws Exception {
        method.doInvoke(lists.stream().map(Collections::unmodifiableList).toArray());
    }
}
