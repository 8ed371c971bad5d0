package io.nsqite.behaviour;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The behaviour suite of those who ask for messages, on SQLite. */
class SqlitePullTests {

    @Nested
    class Pull extends PullTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class PullWait extends PullWaitTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class PullReceipt extends PullReceiptTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class PullGiveBack extends PullGiveBackTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class PullSize extends PullSizeTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class PullManyThreads extends PullManyThreadsTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }
}
