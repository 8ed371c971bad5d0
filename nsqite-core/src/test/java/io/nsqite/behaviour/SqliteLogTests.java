package io.nsqite.behaviour;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The behaviour suite of logs, on SQLite. */
class SqliteLogTests {

    @Nested
    class LogReader extends LogReaderTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class LogGroup extends LogGroupTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class LogWait extends LogWaitTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class LogCancel extends LogCancelTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class LogBeginning extends LogBeginningTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }
}
