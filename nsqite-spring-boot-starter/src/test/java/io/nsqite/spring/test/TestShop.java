package io.nsqite.spring.test;

import io.nsqite.producer.Producer;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.autoconfigure.NsqiteAutoConfiguration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.transaction.annotation.Transactional;

/** A small application to be tested. */
@SpringBootConfiguration
@ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    TransactionAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    NsqiteAutoConfiguration.class
})
class TestShop {

    record Order(int number) {}

    private final Producer producer;
    private final List<Order> stocked = new CopyOnWriteArrayList<>();
    private final List<String> invoiced = new CopyOnWriteArrayList<>();
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile boolean open = true;

    TestShop(Producer producer) {
        this.producer = producer;
    }

    @Transactional
    public void place(int number) {
        producer.publishTx("orders", new Order(number));
    }

    @NsqiteListener(topic = "orders", channel = "stock")
    void stock(Order order) {
        if (!open) {
            refusals.incrementAndGet();
            throw new IllegalStateException("closed");
        }
        stocked.add(order);
        producer.publish("invoices", "invoice " + order.number());
    }

    @NsqiteListener(topic = "invoices", channel = "print")
    void print(String invoice) {
        invoiced.add(invoice);
    }

    @NsqiteListener(topic = "changes", channel = "books", ordered = true)
    void change(String change) {
        if (!open && change.equals("a1")) {
            throw new IllegalStateException("closed");
        }
        changes.add(change);
    }

    List<String> changes() {
        return changes;
    }

    List<Order> stocked() {
        return stocked;
    }

    List<String> invoiced() {
        return invoiced;
    }

    int refusals() {
        return refusals.get();
    }

    void open() {
        open = true;
    }

    void close() {
        open = false;
    }

    void forget() {
        stocked.clear();
        invoiced.clear();
        changes.clear();
        refusals.set(0);
        open = true;
    }
}
