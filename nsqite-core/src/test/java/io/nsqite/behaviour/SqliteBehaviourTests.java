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

    @Nested
    class OpenDeliveries extends OpenDeliveriesTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class FailureAfterAnswer extends FailureAfterAnswerTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class LostAnswer extends LostAnswerTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class EarlyAnswer extends EarlyAnswerTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Transaction extends TransactionTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class HeadTransaction extends HeadTransactionTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class TransactionAnswer extends TransactionAnswerTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class TransactionLoss extends TransactionLossTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Delay extends DelayTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Priority extends PriorityTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class KeyOrder extends KeyOrderTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class KeyOrderRecovery extends KeyOrderRecoveryTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Batch extends BatchTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class BatchTransaction extends BatchTransactionTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class RetryDelay extends RetryDelayTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Pause extends PauseTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Cancel extends CancelTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class DeletedWhileHanging extends DeletedWhileHangingTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class ChannelListener extends ChannelListenerTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Arrival extends ArrivalTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class Interceptor extends InterceptorTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }

    @Nested
    class FailureHandler extends FailureHandlerTests {
        @Override
        QueueUnderTest queue(Path itsFolder) {
            return new SqliteQueueUnderTest(itsFolder);
        }
    }
}
