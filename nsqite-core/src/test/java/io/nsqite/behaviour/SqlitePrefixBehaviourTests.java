package io.nsqite.behaviour;

import io.nsqite.QueueFile;
import io.nsqite.jdbc.TablePrefix;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** What the suite of behaviour has most SQL in, with tables of other names. */
class SqlitePrefixBehaviourTests {

    private static QueueUnderTest prefixed(Path folder) {
        return new SqliteQueueUnderTest(new QueueFile(folder), new TablePrefix("jobs_"));
    }

    @Nested
    class Transaction extends TransactionTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return prefixed(itsFolder);
        }
    }

    @Nested
    class KeyOrder extends KeyOrderTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return prefixed(itsFolder);
        }
    }

    @Nested
    class Priority extends PriorityTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return prefixed(itsFolder);
        }
    }

    @Nested
    class Cancel extends CancelTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return prefixed(itsFolder);
        }
    }
}
