package io.nsqite.model;

import io.nsqite.NsqiteOptions;
import io.nsqite.QueueFile;
import io.nsqite.admin.ChannelName;
import io.nsqite.admin.QueueAdmin;
import io.nsqite.consumer.Consumer;
import io.nsqite.consumer.Subscription;
import io.nsqite.model.Story.End;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Random operations on two processes that share a database, and what must be true whenever everything is quiet. */
final class RandomRun implements AutoCloseable {

    static final String TOPIC = "orders";
    private static final Logger log = LoggerFactory.getLogger(RandomRun.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Random random;
    private final QueueFile file;
    private final Publications publications = new Publications();
    private final Semaphore begun = new Semaphore(0);
    private final ExecutorService others = Executors.newFixedThreadPool(3);
    private final List<Behaviour> behaviours;
    private final List<ChannelLedger> ledgers;
    private final List<QueueProcess> processes = new ArrayList<>();
    private final RandomPublishing publishing;
    private final QuietPoint quiet;

    RandomRun(long seed, Path folder) throws SQLException {
        random = new Random(seed);
        file = new QueueFile(folder);
        file.execute(BusinessTransaction.TABLE);
        behaviours = Arrays.stream(Kind.values())
                .map(kind -> new Behaviour(seed, new ChannelLedger(kind), publications, begun))
                .toList();
        ledgers = behaviours.stream().map(Behaviour::ledger).toList();
        publishing = new RandomPublishing(random, publications, ledgers, file.dataSource());
        quiet = new QuietPoint(file, behaviours, publications);
        processes.add(start(PATIENCE));
        processes.add(start(PATIENCE));
    }

    private QueueProcess start(Duration stopTimeout) {
        List<Subscription> subscriptions = behaviours.stream()
                .filter(behaviour -> !behaviour.ledger().kind().isPulled())
                .map(behaviour -> Handlers.subscription(TOPIC, behaviour, file.dataSource(), others))
                .toList();
        QueueProcess process =
                new QueueProcess(file.dataSource(), NsqiteOptions.defaults(), stopTimeout, subscriptions);
        behaviours.stream()
                .filter(behaviour -> behaviour.ledger().kind().isPulled())
                .forEach(behaviour -> process.pull(behaviour, others));
        process.consumers().forEach(Consumer::start);
        return process;
    }

    void run(int operations) throws Exception {
        for (int operation = 0; operation < operations; operation++) {
            operate();
        }
        beQuiet();
        beQuiet();
    }

    private void operate() throws Exception {
        int dice = random.nextInt(100);
        if (dice < 45) {
            publishing.publish(any().nsqite().producer(), TOPIC);
        } else if (dice < 70) {
            begun.drainPermits();
            boolean ignored = begun.tryAcquire(random.nextInt(40), 30, TimeUnit.MILLISECONDS);
        } else if (dice < 80) {
            stopOrStart(any().consumers().get(random.nextInt(Kind.values().length)));
        } else if (dice < 95) {
            operateChannel(ledgers.get(random.nextInt(ledgers.size())));
        } else {
            seldom();
        }
    }

    private void seldom() throws Exception {
        switch (random.nextInt(6)) {
            case 0, 1 -> evictSomebody();
            case 2 -> restart(PATIENCE);
            case 3 -> restart(Duration.ZERO);
            case 4 -> abandon(any());
            default -> beQuiet();
        }
    }

    private QueueProcess any() {
        return processes.get(random.nextInt(processes.size()));
    }

    private void stopOrStart(Consumer consumer) {
        int what = random.nextInt(4);
        log.info("{} of {}", List.of("stop", "pause", "resume", "start").get(what), consumer.channel());
        switch (what) {
            case 0 -> consumer.stop(PATIENCE);
            case 1 -> consumer.pause();
            case 2 -> consumer.resume();
            default -> consumer.start();
        }
    }

    private void operateChannel(ChannelLedger ledger) {
        QueueAdmin admin = any().nsqite().admin();
        ChannelName name = new ChannelName(TOPIC, ledger.kind().channel());
        int what = random.nextInt(10);
        log.info("operation {} on {}", what, name);
        switch (what) {
            case 0 -> admin.pause(name);
            case 1, 2, 3 -> admin.resume(name);
            case 4 -> rewind(ledger, admin, name);
            case 5 -> purge(ledger, admin, name);
            case 6, 7 -> discard(ledger, admin, name);
            default -> replay(ledger, admin, name);
        }
    }

    private void rewind(ChannelLedger ledger, QueueAdmin admin, ChannelName name) {
        List<Story> stories = List.copyOf(ledger.stories());
        if (stories.isEmpty()) {
            return;
        }
        long target = stories.get(random.nextInt(stories.size())).id;
        ledger.forEach(story -> story.anew |= story.id >= target);
        try {
            admin.rewind(name, target);
        } catch (IllegalArgumentException notThatFar) {
            // as it should
        }
    }

    private void purge(ChannelLedger ledger, QueueAdmin admin, ChannelName name) {
        if (random.nextInt(4) > 0 || ledger.kind().acknowledgement() == Kind.Acknowledgement.ANSWER) {
            return;
        }
        ledger.forEach(story -> story.mayBeDropped = true);
        admin.purge(name);
    }

    private void replay(ChannelLedger ledger, QueueAdmin admin, ChannelName name) {
        dead(ledger).forEach(story -> {
            ledger.change(story.id, dead -> dead.anew = true);
            admin.replay(name, story.id);
        });
    }

    private void discard(ChannelLedger ledger, QueueAdmin admin, ChannelName name) {
        dead(ledger).stream().limit(2).forEach(story -> {
            ledger.change(story.id, dead -> dead.firstEnd = Math.max(1, dead.firstEnd));
            if (admin.discard(name, story.id)) {
                ledger.change(story.id, dead -> dead.end = dead.inHand ? dead.end : End.DISCARDED);
            }
        });
    }

    private static List<Story> dead(ChannelLedger ledger) {
        return ledger.stories().stream().filter(story -> story.end == End.DEAD).toList();
    }

    /** As if the others took it for dead. */
    private void evictSomebody() throws SQLException {
        try (Connection connection = file.transaction();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE nsqite_schema SET version = version");
            List<Long> owners = longs(statement, "SELECT id FROM nsqite_owner ORDER BY id");
            if (!owners.isEmpty()) {
                evict(statement, owners.get(random.nextInt(owners.size())));
            }
            connection.commit();
        }
    }

    private void evict(Statement statement, long owner) throws SQLException {
        List<Kind> served = new ArrayList<>();
        try (ResultSet channels = statement.executeQuery("SELECT name FROM nsqite_channel WHERE owner_id = " + owner)) {
            while (channels.next()) {
                served.add(Kind.valueOf(channels.getString(1)));
            }
        }
        if (!served.stream().allMatch(this::isServed)) {
            return; // taken, but its workers are not there yet: later they could not be told from those of the next
            // owner
        }
        log.info("owner {} loses {}", owner, served);
        for (Kind kind : served) {
            ledgers.get(kind.ordinal()).lost(() -> processes.forEach(process -> process.loses(kind.channel())));
        }
        statement.executeUpdate("UPDATE nsqite_channel SET owner_id = NULL, epoch = epoch + 1, unclean = 1"
                + " WHERE owner_id = " + owner);
        statement.executeUpdate("DELETE FROM nsqite_owner WHERE id = " + owner);
    }

    private boolean isServed(Kind kind) {
        return processes.stream()
                        .map(process -> process.consumers().get(kind.ordinal()).state())
                        .filter(Consumer.State.ACTIVE::equals)
                        .count()
                == 1;
    }

    private static List<Long> longs(Statement statement, String query) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                numbers.add(result.getLong(1));
            }
        }
        return numbers;
    }

    /** Stops a consumer without waiting for its handlers. */
    private void abandon(QueueProcess process) {
        int index = random.nextInt(ledgers.size());
        log.info("abandon {}", ledgers.get(index).kind());
        loses(process, index);
        process.consumers().get(index).stop(Duration.ZERO);
    }

    private void loses(QueueProcess process, int index) {
        Consumer.State state = process.consumers().get(index).state();
        if (state == Consumer.State.ACTIVE || state == Consumer.State.STOPPING) {
            ChannelLedger ledger = ledgers.get(index);
            ledger.lost(() -> process.loses(ledger.kind().channel()));
        }
    }

    private void restart(Duration stopTimeout) {
        int which = random.nextInt(processes.size());
        QueueProcess old = processes.get(which);
        log.info("restart of process {} with {}", which, stopTimeout);
        if (stopTimeout.isZero()) {
            for (int index = 0; index < ledgers.size(); index++) {
                loses(old, index);
                old.consumers().get(index).stop(Duration.ZERO);
            }
        }
        old.close();
        processes.set(which, start(PATIENCE));
    }

    /** Lets everything come to an end, and looks. */
    private void beQuiet() throws Exception {
        processes.forEach(process -> process.consumers().forEach(consumer -> {
            consumer.resume();
            consumer.start();
        }));
        quiet.check(any().nsqite().admin());
        if (random.nextBoolean()) {
            rewindQuietly(ledgers.get(random.nextInt(ledgers.size())));
        }
    }

    /** Nothing is going on, so exactly what is not dead comes again. */
    private void rewindQuietly(ChannelLedger ledger) {
        List<Story> stories = List.copyOf(ledger.stories());
        if (stories.isEmpty()) {
            return;
        }
        long target = stories.get(random.nextInt(stories.size())).id;
        ledger.forEach(story -> {
            story.anew |= story.id >= target;
            story.owed = story.id >= target && story.end != End.DEAD;
        });
        any().nsqite().admin().rewind(new ChannelName(TOPIC, ledger.kind().channel()), target);
    }

    @Override
    public void close() {
        processes.forEach(QueueProcess::close);
        others.shutdownNow();
    }
}
