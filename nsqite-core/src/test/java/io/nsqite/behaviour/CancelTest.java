package io.nsqite.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import io.nsqite.producer.CallerTransaction;
import java.sql.Connection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Messages are taken back, alone or in a transaction of the application. */
abstract class CancelTest extends BehaviourTest {

    static final Duration DELAY = Duration.ofMinutes(1);

    private final ThreadLocal<@Nullable Connection> current = new ThreadLocal<>();

    @Override
    Nsqite openMember() {
        return members.open(queue.builder().callerTransaction(new CallerTransaction() {
            @Override
            public @Nullable Connection current() {
                return current.get();
            }

            @Override
            public RuntimeException illegalState(String advice) {
                return new IllegalStateException(advice);
            }
        }));
    }

    boolean cancel(long id) {
        return nsqite.producer().cancel(id);
    }

    /** Something that happens while a transaction that cancels a message is open. */
    interface Meanwhile {
        void happens() throws Exception;
    }

    /** Cancels in a transaction that stays open for a while. */
    void cancelIn(Meanwhile meanwhile, long id) throws Exception {
        try (Connection transaction = queue.transaction()) {
            current.set(transaction);
            assertThat(cancel(id)).isTrue();
            meanwhile.happens();
            transaction.commit();
        } finally {
            current.remove();
        }
    }
}
