package io.nsqite.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.ManualTimer;
import io.nsqite.QueueFile;
import io.nsqite.database.QueueDatabase;
import io.nsqite.jdbc.TablePrefix;
import io.nsqite.message.Message;
import io.nsqite.model.Seeds;
import io.nsqite.schema.Schema;
import io.nsqite.schema.SchemaMode;
import io.nsqite.store.Claim;
import io.nsqite.store.Logged;
import io.nsqite.store.MessageLog;
import io.nsqite.store.QueueStore;
import io.nsqite.wakeup.EngineClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Looking ahead over what is of other topics. */
@Timeout(60)
class FarLookTests {

    private static final long RARE = 1;
    private static final long OTHER = 2;
    private static final long FAR = 5000;
    private static final long PART = 1000;
    private static final long NEWEST = 10_000;

    private final List<Runnable> handedOver = new ArrayList<>();
    private QueueFile file;
    private QueueDatabase database;
    private MessageLog messages;
    private FarLook look;
    private long lastTopic = OTHER;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        file = new QueueFile(folder);
        database = QueueDatabase.open(file.dataSource(), Schema.ofLibrary(TablePrefix.DEFAULT, SchemaMode.ALWAYS));
        messages = QueueStore.sqlite(TablePrefix.DEFAULT).messages();
        look = lookBy(Runnable::run);
        add(NEWEST, OTHER);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private FarLook lookBy(Executor executor) {
        return new FarLook(database.scout(), messages, executor, FAR, PART);
    }

    private void add(long id, long topicId) throws SQLException {
        file.execute(
                "INSERT OR IGNORE INTO nsqite_message (id, topic_id, priority, published_at, payload) VALUES (%d, %d, 4, 0, x'00')"
                        .formatted(id, topicId));
    }

    private void goOn(int steps) {
        for (int step = 1; step <= steps; step++) {
            look.goOn(RARE, 0, NEWEST);
        }
    }

    @Test
    void itGoesThroughTheFartherHalfPartByPart() {
        assertThat(look.clearAfter(RARE, 6000, NEWEST)).isEqualTo(6000);
        goOn(1);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(6000);
        goOn(1);
        assertThat(look.clearAfter(RARE, 5500, NEWEST)).isEqualTo(7000);
        goOn(20);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(NEWEST);
    }

    @Test
    void whatItSaysIsOfThisHalfAndThisTopicOnly() {
        goOn(2);
        assertThat(look.clearAfter(RARE, 4999, NEWEST)).isEqualTo(4999);
        assertThat(look.clearAfter(RARE, 7001, NEWEST)).isEqualTo(7001);
        assertThat(look.clearAfter(OTHER, 5500, NEWEST)).isEqualTo(5500);
    }

    @Test
    void itEndsWhereThereIsAMessage() throws Exception {
        add(7500, RARE);
        goOn(20);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(7000);
        add(20_000, OTHER);
        look.goOn(RARE, 7500, 20_000); // the reader has passed it
        assertThat(look.clearAfter(RARE, 13_750, 20_000)).isEqualTo(14_750);
    }

    @Test
    void forAShortWayItIsNotWorthIt() {
        look.goOn(RARE, NEWEST - FAR + 1, NEWEST);
        assertThat(look.clearAfter(RARE, NEWEST - 1, NEWEST)).isEqualTo(NEWEST - 1);
    }

    @Test
    void aPartAtATimeIsLookedAtWhileTheReaderGoesOn() {
        look = lookBy(handedOver::add);
        goOn(5);
        assertThat(handedOver).hasSize(1);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(5000);
        handedOver.remove(0).run();
        goOn(5);
        assertThat(handedOver).hasSize(1);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(6000);
    }

    @Test
    void whileSomebodyElseLooksNothingIsKnown() throws Exception {
        FutureTask<Void> other = new FutureTask<>(() -> {
            goOn(3);
            return null;
        });
        database.scout().read(connection -> {
            new Thread(other).start();
            try {
                return other.get(QueueFile.LIMIT.toSeconds(), TimeUnit.SECONDS) == null;
            } catch (Exception e) {
                throw new SQLException(e);
            }
        });
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(5000);
        goOn(1);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(6000);
    }

    @Test
    void whatCanNotBeReadIsLeftToTheReader() throws Exception {
        database.close();
        goOn(3);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(5000);
    }

    @Test
    void ofALogThatHasBecomeShorterItKnowsNothing() {
        look = lookBy(handedOver::add);
        goOn(1);
        handedOver.remove(0).run();
        goOn(1);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(6000);
        assertThat(look.clearAfter(RARE, 5000, 5800)).isEqualTo(5000);
        handedOver.remove(0).run(); // had begun before
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(5000);
    }

    @Test
    void itForgetsWhenItIsToldTo() {
        goOn(2);
        look.forget();
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(5000);
        goOn(1);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(6000);
    }

    @Test
    void whereNoThreadIsToBeHadTheReaderGoesOnAlone() {
        look = lookBy(part -> {
            throw new OutOfMemoryError("unable to create native thread");
        });
        goOn(3);
        assertThat(look.clearAfter(RARE, 5000, NEWEST)).isEqualTo(5000);
    }

    @Test
    void aReaderFindsEverythingWhereverItIsAndWhateverIsAddedMeanwhile() {
        Seeds.forEach(3, this::readWhileOthersAdd);
    }

    private void readWhileOthersAdd(long seed) throws Exception {
        Random random = new Random(seed);
        FarLook late = new FarLook(database.scout(), messages, handedOver::add, 50_000, 15_000);
        LogReading reading = new LogReading(
                database.reader(), messages, new EngineClock(() -> Instant.EPOCH, new ManualTimer()), late);
        handedOver.clear();
        long topic = ++lastTopic;
        Claim claim = new Claim(1, topic, "rare", "channel", 1, 1, 0);
        TreeSet<Long> rare = new TreeSet<>();
        List<Long> found = new ArrayList<>();
        long newest = database.reader().read(messages::newestId);
        long position = 0;
        for (int round = 0; round < 300 || position < newest; round++) {
            if (round < 300 && random.nextInt(3) == 0) {
                newest += 1 + random.nextInt(200_000);
                boolean isRare = random.nextInt(4) == 0;
                add(newest, isRare ? topic : OTHER);
                if (isRare) {
                    rare.add(newest);
                }
            }
            if (!handedOver.isEmpty() && random.nextBoolean()) {
                handedOver.remove(0).run();
            }
            if (round < 250 && random.nextInt(60) == 0) {
                position = (long) (random.nextDouble() * position); // an operator rewinds
                long from = position;
                found.removeIf(id -> id > from);
            }
            LogReading.Step step = reading.read(claim, Message.DEFAULT_PRIORITY, position);
            step.messages().stream().map(Logged::message).map(Message::id).forEach(found::add);
            assertThat(step.atEnd()).isEqualTo(step.readUpTo() == newest);
            position = step.readUpTo();
        }
        assertThat(found).containsExactlyElementsOf(rare);
    }
}
