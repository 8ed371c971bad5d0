package io.nsqite.spring.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.admin.DeadLetter;
import io.nsqite.admin.DeadLetterQuery;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.BatchElementFailedException;
import io.nsqite.message.Delivery;
import io.nsqite.message.NewMessage;
import io.nsqite.producer.Producer;
import io.nsqite.spring.Backoff;
import io.nsqite.spring.NsqiteListener;
import io.nsqite.spring.TransactionSetup;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.interceptor.TransactionAspectSupport;

/** The effects of a transactional listener are exact: each message counts once, whatever fails. */
@Timeout(90)
class TransactionalListenerTests {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int MESSAGES = 150;

    @TempDir
    static Path folder;

    @ParameterizedTest
    @EnumSource(names = {"JDBC_MANAGER", "LAZY_JPA"})
    void everyMessageCountsOnceThoughHandlersFailAfterWriting(TransactionSetup setup) {
        try (ConfigurableApplicationContext context = setup.start(folder, Counting.class)) {
            assertCountsExactly(context);
        }
    }

    @Test
    void aPoolOfOneIsEnough() {
        try (ConfigurableApplicationContext context = TestApplication.on(folder.resolve("one.db"))
                .with(Counting.class)
                .with("spring.datasource.hikari.maximum-pool-size=1")
                .start()) {
            assertCountsExactly(context);
        }
    }

    private static void assertCountsExactly(ConfigurableApplicationContext context) {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        context.getBean(Producer.class)
                .publish(IntStream.rangeClosed(1, MESSAGES)
                        .mapToObj(number -> NewMessage.to("additions", String.valueOf(number)))
                        .toList());
        context.getBean(QueueAdmin.class).awaitDrained(LIMIT);
        assertThat(jdbc.queryForObject("SELECT total FROM counter", Integer.class))
                .isEqualTo(MESSAGES * (MESSAGES + 1) / 2);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM seen", Integer.class))
                .isEqualTo(MESSAGES);
        assertThat(jdbc.queryForObject("SELECT count(*) FROM nsqite_delivery", Integer.class))
                .isZero();
        assertThat(context.getBean(Counting.class).failures).hasSizeGreaterThan(MESSAGES / 5);
    }

    @Test
    void entitiesThatArePersistedAndChangedCountOnceToo() {
        try (ConfigurableApplicationContext context = TestApplication.on(folder.resolve("jpa.db"))
                .withJpa()
                .with(Entities.class)
                .with(Persisting.class)
                .with("spring.jpa.hibernate.ddl-auto=update")
                .with("nsqite.listener.backoff.delay=1ms")
                .start()) {
            context.getBean(Producer.class)
                    .publish(IntStream.range(0, 40)
                            .mapToObj(number -> NewMessage.to("visits", "page" + number % 4))
                            .toList());
            context.getBean(QueueAdmin.class).awaitDrained(LIMIT);
            assertThat(context.getBean(JdbcTemplate.class)
                            .queryForList("SELECT visits FROM page ORDER BY name", Integer.class))
                    .containsExactly(10, 10, 10, 10);
            assertThat(context.getBean(Persisting.class).failures).hasValueGreaterThan(10);
        }
    }

    @Test
    void whatDoesNotCommitIsNotAcknowledgedEither() {
        try (ConfigurableApplicationContext context = TestApplication.on(folder.resolve("failing.db"))
                .with(Failing.class)
                .with(Inner.class)
                .with("nsqite.listener.max-attempts=2")
                .with("nsqite.listener.backoff.delay=1ms")
                .start()) {
            Producer producer = context.getBean(Producer.class);
            List.of("marked", "swallowed", "error", "requeued", "rejected")
                    .forEach(topic -> producer.publish(topic, topic));
            QueueAdmin admin = context.getBean(QueueAdmin.class);
            admin.awaitDrained(LIMIT);
            assertThat(context.getBean(JdbcTemplate.class).queryForList("SELECT what FROM written", String.class))
                    .isEmpty();
            assertThat(dead(admin, "marked").error())
                    .contains(UnexpectedRollbackException.class.getName())
                    .contains("marked rollback-only");
            assertThat(dead(admin, "swallowed").error()).contains(UnexpectedRollbackException.class.getName());
            assertThat(dead(admin, "error").error()).contains("AssertionError").contains("on purpose");
            assertThat(dead(admin, "requeued").attempts()).isEqualTo(2);
            assertThat(dead(admin, "rejected"))
                    .returns(1, DeadLetter::attempts)
                    .extracting(DeadLetter::error)
                    .asString()
                    .contains("hopeless");
        }
    }

    private static DeadLetter dead(QueueAdmin admin, String topic) {
        List<DeadLetter> letters = admin.deadLetters(DeadLetterQuery.all().withTopic(topic));
        assertThat(letters).as(topic).hasSize(1);
        return letters.get(0);
    }

    @Test
    void aBatchCommitsAsOneAndItsFailingElementAlone() {
        try (ConfigurableApplicationContext context = TestApplication.on(folder.resolve("batch.db"))
                .with(Batches.class)
                .with("nsqite.listener.backoff.delay=1ms")
                .start()) {
            context.getBean(Producer.class)
                    .publish(IntStream.rangeClosed(1, 60)
                            .mapToObj(number ->
                                    NewMessage.to("batches", number % 20 == 0 ? "no number" : String.valueOf(number)))
                            .toList());
            QueueAdmin admin = context.getBean(QueueAdmin.class);
            admin.awaitDrained(LIMIT);
            assertThat(context.getBean(JdbcTemplate.class).queryForList("SELECT what FROM written", Integer.class))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 60)
                            .filter(number -> number % 20 != 0)
                            .boxed()
                            .toList());
            assertThat(admin.deadLetters(DeadLetterQuery.all())).hasSize(3);
            assertThat(context.getBean(Batches.class).sizes)
                    .anyMatch(size -> size > 1)
                    .allMatch(size -> size <= 25);
        }
    }

    static class Counting {

        private final JdbcTemplate jdbc;
        private final List<String> failures = new CopyOnWriteArrayList<>();

        Counting(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("CREATE TABLE counter (total INTEGER NOT NULL)");
            jdbc.execute("CREATE TABLE seen (number INTEGER NOT NULL)");
            jdbc.update("INSERT INTO counter VALUES (0)");
        }

        @NsqiteListener(
                topic = "additions",
                channel = "counter",
                transactional = true,
                concurrency = 3,
                backoff = @Backoff(delay = "1ms"))
        void add(String number, Delivery delivery) {
            jdbc.update("UPDATE counter SET total = total + ?", Integer.valueOf(number));
            jdbc.update("INSERT INTO seen VALUES (?)", Integer.valueOf(number));
            if (delivery.attempt() == 1 && Integer.parseInt(number) % 4 == 0) {
                failures.add(number);
                throw new IllegalStateException("on purpose, after writing");
            }
        }
    }

    @EntityScan
    static class Entities {}

    @Entity(name = "page")
    static class Page {

        @Id
        String name = "";

        int visits;

        protected Page() {}

        Page(String name) {
            this.name = name;
        }
    }

    static class Persisting {

        private final EntityManager entities;
        private final AtomicInteger failures = new AtomicInteger();

        Persisting(EntityManager entities) {
            this.entities = entities;
        }

        @NsqiteListener(topic = "visits", channel = "counter", transactional = true, concurrency = 3)
        void visit(String name, Delivery delivery) {
            Page page = entities.find(Page.class, name);
            if (page == null) {
                page = new Page(name);
                entities.persist(page);
            }
            page.visits++;
            if (delivery.attempt() == 1 && delivery.message().id() % 3 == 0) {
                entities.flush();
                failures.incrementAndGet();
                throw new IllegalStateException("on purpose, after writing");
            }
        }
    }

    static class Inner {

        @Transactional
        public void failInside() {
            throw new IllegalStateException("inside");
        }
    }

    static class Failing {

        private final JdbcTemplate jdbc;
        private final Inner inner;

        Failing(JdbcTemplate jdbc, Inner inner) {
            this.jdbc = jdbc;
            this.inner = inner;
            jdbc.execute("CREATE TABLE written (what TEXT)");
        }

        private void write(String payload) {
            jdbc.update("INSERT INTO written VALUES (?)", payload);
        }

        @Transactional
        @NsqiteListener(topic = "marked", channel = "all", transactional = true)
        void marked(String payload) {
            write(payload);
            TransactionAspectSupport.currentTransactionStatus().setRollbackOnly();
        }

        @NsqiteListener(topic = "swallowed", channel = "all", transactional = true)
        void swallowed(String payload) {
            write(payload);
            try {
                inner.failInside();
            } catch (IllegalStateException swallowed) {
                write("swallowed");
            }
        }

        @NsqiteListener(topic = "error", channel = "all", transactional = true)
        void error(String payload) {
            write(payload);
            throw new AssertionError("on purpose");
        }

        @NsqiteListener(topic = "requeued", channel = "all", transactional = true)
        void requeued(String payload, Delivery delivery) {
            write(payload);
            delivery.requeue();
        }

        @NsqiteListener(topic = "rejected", channel = "all", transactional = true)
        void rejected(String payload, Delivery delivery) {
            write(payload);
            delivery.reject(new IllegalArgumentException("hopeless"));
        }
    }

    static class Batches {

        private final JdbcTemplate jdbc;
        private final List<Integer> sizes = new CopyOnWriteArrayList<>();

        Batches(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
            jdbc.execute("CREATE TABLE written (what INTEGER)");
        }

        @NsqiteListener(topic = "batches", channel = "all", transactional = true, batchSize = 25)
        void batch(List<Integer> numbers, List<Delivery> deliveries) {
            sizes.add(numbers.size());
            numbers.forEach(number -> jdbc.update("INSERT INTO written VALUES (?)", number));
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i) % 7 == 0 && deliveries.get(i).attempt() == 1) {
                    throw new BatchElementFailedException(i, new IllegalStateException("on purpose"));
                }
            }
        }
    }
}
