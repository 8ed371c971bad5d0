package io.nsqite.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nsqite.Nsqite;
import io.nsqite.QueueFile;
import io.nsqite.admin.ChannelName;
import io.nsqite.consumer.AckMode;
import io.nsqite.consumer.ConsumerOptions;
import io.nsqite.message.Delivery;
import io.nsqite.message.DeliveryLostException;
import io.nsqite.message.Message;
import io.nsqite.message.NewMessage;
import io.nsqite.pull.LogReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A log under random operations, against a list of ids and a number. */
@Timeout(120)
class RandomLogTests {

    private static final int RUNS = 2;
    private static final int OPERATIONS = 150;
    private static final ChannelName GROUP = new ChannelName("orders", "warehouse");

    @TempDir
    Path folder;

    @Test
    void aLogIsAListAndAnOffset() {
        Seeds.forEach(RUNS, seed -> {
            try (Run run = new Run(seed, Files.createTempDirectory(folder, "run"))) {
                for (int operation = 0; operation < OPERATIONS; operation++) {
                    run.operate();
                    run.check();
                }
            }
        });
    }

    private static final class Run implements AutoCloseable {

        private final Random random;
        private final QueueFile file;
        private final List<Long> kept = new ArrayList<>();
        private final List<Long> unread = new ArrayList<>();
        private Nsqite nsqite;
        private LogReader log;
        private final Set<Long> delayed = new HashSet<>();
        private long newest;
        private long offset;

        Run(long seed, Path folder) {
            random = new Random(seed);
            file = new QueueFile(folder);
            nsqite = Nsqite.builder(file.dataSource()).build();
            log = nsqite.log(GROUP.topic(), GROUP.channel());
        }

        void operate() throws Exception {
            switch (random.nextInt(16)) {
                case 0, 1, 2 -> publish();
                case 3 -> publishInATransaction();
                case 4, 5, 6 -> fetchAndCommit();
                case 7 -> seek();
                case 8 -> rewind();
                case 9 -> purge();
                case 10 -> cancel();
                case 11 -> reopen();
                case 12 -> restart();
                case 13, 14 -> listenToSome();
                default -> listen();
            }
        }

        void check() {
            assertThat(log.committed()).isEqualTo(offset);
            assertThat(ids(log.fetch(1000))).isEqualTo(behind(offset));
            unread.clear(); // as all were fetched
        }

        private List<Long> behind(long position) {
            return kept.stream().filter(id -> id > position).toList();
        }

        private static List<Long> ids(List<Message> messages) {
            return messages.stream().map(Message::id).toList();
        }

        private NewMessage message(String topic) {
            NewMessage message = NewMessage.to(topic, "").withPriority(random.nextInt(10));
            return random.nextInt(5) == 0 ? message.withDelay(Duration.ofHours(1)) : message;
        }

        private void published(NewMessage message, long id) {
            String topic = message.topic();
            newest = id;
            if (message.delay() != null) {
                delayed.add(id);
            }
            if (topic.equals(GROUP.topic())) {
                kept.add(id);
                unread.add(id);
            }
        }

        private String topic() {
            return random.nextInt(3) == 0 ? "other" : GROUP.topic();
        }

        private void publish() {
            for (int number = random.nextInt(5); number > 0; number--) {
                NewMessage message = message(topic());
                published(message, nsqite.producer().publish(message));
            }
        }

        private void publishInATransaction() throws Exception {
            try (Connection transaction = file.transaction()) {
                NewMessage message = message(topic());
                long id = nsqite.producer().publishTx(transaction, message);
                assertThat(ids(log.fetch(1000))).doesNotContain(id);
                if (random.nextBoolean()) {
                    transaction.commit();
                    published(message, id);
                }
            }
        }

        private void fetchAndCommit() {
            List<Message> some = log.fetch(1 + random.nextInt(4));
            if (!some.isEmpty()) {
                offset = some.get(random.nextInt(some.size())).id();
                log.commit(offset);
            }
        }

        private void seek() {
            switch (random.nextInt(3)) {
                case 0 -> {
                    log.seekToLatest();
                    offset = newest;
                }
                case 1 -> {
                    log.seekToEarliest();
                    offset = log.committed();
                    assertThat(behind(offset)).isEqualTo(kept);
                }
                default -> {
                    offset = newest == 0 ? 0 : random.nextLong(newest + 1);
                    log.seek(offset);
                }
            }
        }

        private void rewind() throws Exception {
            if (offset < 2) {
                return;
            }
            long target = 1 + random.nextLong(offset - 1);
            nsqite.admin().rewind(GROUP, target);
            boolean isMoved = Long.parseLong(
                            file.rows("SELECT min(done_to) FROM nsqite_cursor").get(0))
                    < offset;
            if (isMoved && !behind(offset).isEmpty()) {
                assertThatThrownBy(() -> log.commit(behind(offset).get(0))).isInstanceOf(DeliveryLostException.class);
            }
            offset = log.committed();
            assertThat(behind(offset)).isEqualTo(behind(target - 1));
        }

        private void purge() {
            if (random.nextInt(3) == 0) {
                nsqite.admin().purge(GROUP);
                offset = newest;
            }
        }

        private void cancel() {
            publish();
            for (long id : List.copyOf(unread)) {
                assertThat(nsqite.producer().cancel(id)).isTrue();
                kept.remove(id);
            }
        }

        private void reopen() {
            log.close();
            log = nsqite.log(GROUP.topic(), GROUP.channel());
        }

        private void restart() {
            nsqite.close();
            nsqite = Nsqite.builder(file.dataSource()).build();
            log = nsqite.log(GROUP.topic(), GROUP.channel());
        }

        /** A listener handles everything that is not delayed; the log goes on with the first that was. */
        private void listen() {
            log.close();
            var consumer = nsqite.consume(GROUP.topic(), GROUP.channel(), delivery -> {});
            QueueFile.await(() -> nsqite.admin().channels().get(0).waiting() == 0);
            nsqite.consumers().unregister(consumer, QueueFile.LIMIT);
            goOn(behind(offset).stream().filter(delayed::contains).toList());
        }

        /** A listener ends some of what is not delayed; the log passes nothing that it left. */
        private void listenToSome() throws Exception {
            log.close();
            List<Long> left = new ArrayList<>(behind(offset));
            long handleable = left.stream().filter(id -> !delayed.contains(id)).count();
            BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
            ConsumerOptions manual =
                    ConsumerOptions.defaults().withAckMode(AckMode.MANUAL).withConcurrency(1 + random.nextInt(2));
            var consumer = nsqite.consume(GROUP.topic(), GROUP.channel(), manual, deliveries::add);
            for (long number = random.nextLong(handleable + 1); number > 0; number--) {
                Delivery delivery = Objects.requireNonNull(deliveries.poll(10, TimeUnit.SECONDS));
                if (random.nextInt(4) == 0) {
                    delivery.requeue(Duration.ofHours(1));
                } else {
                    delivery.finish();
                    left.remove(delivery.message().id());
                }
            }
            nsqite.consumers().unregister(consumer, Duration.ofMillis(1));
            goOn(left);
        }

        /** At the oldest of those at the latest, which is not seen from the outside more exactly. */
        private void goOn(List<Long> left) {
            long before = offset;
            log = nsqite.log(GROUP.topic(), GROUP.channel());
            offset = log.committed();
            assertThat(offset).isGreaterThanOrEqualTo(before);
            assertThat(behind(offset)).containsAll(left);
        }

        @Override
        public void close() {
            nsqite.close();
        }
    }
}
