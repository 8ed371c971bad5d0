package io.nsqite.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three that take turns; that they are of one process makes no difference to them. */
class TurnLocksTest {

    @TempDir
    Path folder;

    private Path path;
    private TurnLocks a;
    private TurnLocks b;
    private TurnLocks c;

    @BeforeEach
    void open() throws IOException {
        path = TurnLocks.beside(folder.resolve("test.db"));
        a = TurnLocks.open(path);
        b = TurnLocks.open(path);
        c = TurnLocks.open(path);
    }

    @AfterEach
    void close() throws IOException {
        a.close();
        b.close();
        c.close();
    }

    @Test
    void whoeverHasJustHadItsTurnCanNotOvertakeTheNext() throws IOException {
        assertThat(a.advance()).isTrue();
        assertThat(b.advance()).isFalse();
        a.leave();

        assertThat(a.advance()).as("b is the next").isFalse();
        assertThat(b.advance()).isTrue();
        assertThat(a.advance()).as("b has its turn").isFalse();
        b.leave();
        assertThat(b.advance()).as("a is the next").isFalse();
        assertThat(a.advance()).isTrue();
    }

    @Test
    void oneIsTheNextAndTheOthersWaitBehindIt() throws IOException {
        a.advance();
        b.advance();
        assertThat(c.advance()).isFalse();
        a.leave();
        assertThat(c.advance()).isFalse();
        assertThat(b.advance()).isTrue();
        assertThat(c.advance()).isFalse();
        b.leave();
        assertThat(c.advance()).isTrue();
    }

    @Test
    void whoAdvancesAgainInItsTurnKeepsIt() throws IOException {
        assertThat(a.advance()).isTrue();
        assertThat(a.advance()).isTrue();
        assertThat(a.hasTurn()).isTrue();
        a.leave();
        assertThat(b.advance()).isTrue();
    }

    @Test
    void whoGivesUpBeingTheNextLetsAnotherBeIt() throws IOException {
        a.advance();
        b.advance();
        b.letAnotherBeNext();
        assertThat(c.advance()).isFalse();
        a.leave();
        assertThat(a.advance()).as("c is the next").isFalse();
        assertThat(c.advance()).isTrue();
    }

    @Test
    void leavingWithoutATurnChangesNothingForTheOthers() throws IOException {
        a.advance();
        b.leave();
        assertThat(a.hasTurn()).isTrue();
        assertThat(c.advance()).isFalse();
    }

    @Test
    void aFileThatWasDeletedOrReplacedIsNoticed() throws IOException {
        assertThat(a.isInPlace()).isTrue();
        Files.delete(path);
        assertThat(a.isInPlace()).isFalse();
        Files.createFile(path);
        assertThat(a.isInPlace()).isFalse();
    }

    @Test
    void oneThatIsClosedIsNotInPlace() throws IOException {
        a.close();
        assertThat(a.isInPlace()).isFalse();
    }
}
