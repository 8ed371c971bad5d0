package io.nsqite.behaviour;

import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** The behaviour suite of the consumer, on SQLite. */
class SqliteBehaviourTests {

    @Nested
    class ManualAcknowledgement extends ManualAcknowledgementTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }
}
