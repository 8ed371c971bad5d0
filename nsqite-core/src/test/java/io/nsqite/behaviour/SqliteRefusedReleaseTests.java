package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.nsqite.FaultyDriver;
import io.nsqite.Nsqite;
import io.nsqite.RecordedLog;
import io.nsqite.consumer.Consumer;
import io.nsqite.pull.LogReader;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database does not take it when a process that lives on gives a channel back. */
class SqliteRefusedReleaseTests extends PullTest {

    private static final int FULL = 13;

    private FaultyDriver disk;
    private RecordedLog log;

    @Override
    QueueUnderTest queue(Path itsFolder) throws SQLException {
        disk = FaultyDriver.open();
        return new SqliteQueueUnderTest(itsFolder);
    }

    @BeforeEach
    void listen() {
        log = RecordedLog.open();
    }

    @AfterEach
    void closeDisk() throws SQLException {
        log.close();
        disk.close();
    }

    private void refuseToRelease() {
        disk.failWith(FULL, sql -> sql.contains("SET owner_id = NULL"));
    }

    /** Somebody who stands by gets the channel when the database is well again, and not before. */
    private void assertFreeWhenHealed() {
        Nsqite other = openMember();
        Consumer standby = consume(other, OPTIONS, this::record);
        members.pass(SECOND.multipliedBy(3));
        assertThat(standby.state()).isEqualTo(Consumer.State.STANDBY);
        assertThat(log.lines(Level.WARN, "giving the channel back failed and is tried again until it succeeds"))
                .hasSize(1);
        disk.heal();
        passUntil(() -> standby.state() == Consumer.State.ACTIVE);
        assertThat(log.lines(Level.INFO, "giving the channel back works again")).hasSize(1);
    }

    @Test
    void aListenersChannelIsGivenBackLater() {
        Consumer consumer = consume(OPTIONS, this::record);
        assertThat(consumer.awaitActive(LIMIT)).isTrue();
        refuseToRelease();
        consumer.stop(LIMIT);
        assertFreeWhenHealed();
    }

    @Test
    void aChannelInWhichSomethingIsOpenIsGivenBackLater() {
        pull();
        publish("a");
        receiveOne();
        refuseToRelease();
        mails.close();
        assertFreeWhenHealed();
        awaitHandled(1);
    }

    @Test
    void aLogIsGivenBackLater() {
        LogReader reader = nsqite.log(CHANNEL.topic(), CHANNEL.channel());
        assertThat(reader.fetch(1)).isEmpty();
        refuseToRelease();
        reader.close();
        assertFreeWhenHealed();
    }
}
