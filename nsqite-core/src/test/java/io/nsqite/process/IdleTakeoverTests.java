package io.nsqite.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.nsqite.Nsqite;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing is published that would wake anybody: who stands by notices by itself. */
class IdleTakeoverTests extends ProcessTest {

    private enum End {
        STOPPED {
            @Override
            void happenTo(Child child) throws Exception {
                child.stop();
            }
        },
        KILLED {
            @Override
            void happenTo(Child child) throws Exception {
                child.kill();
            }
        },
        HUNG {
            @Override
            void happenTo(Child child) throws Exception {
                child.suspend();
            }

            @Override
            String lease() {
                return "lease=2";
            }
        };

        abstract void happenTo(Child child) throws Exception;

        /** Of who stands by; so long that only the lock tells of a death, except of a hang. */
        String lease() {
            return "lease=3600";
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdleChannelIsTakenOver(End end) throws Exception {
        Connection connection = raw();
        Child first = child("first");
        until(() -> !servedBy(connection).isEmpty());
        long owner = servedBy(connection).get(0);
        Child second = child("second", end.lease());
        second.await("this one stands by");

        end.happenTo(first);

        until(() -> !servedBy(connection).isEmpty() && !servedBy(connection).contains(owner));
        assertThat(owners(connection)).doesNotContain(owner);
        Nsqite nsqite = queue();
        List<Long> published = publish(nsqite, 100);
        nsqite.admin().awaitDrained(NAME, LIMIT);
        assertThat(handled().idsBy("second")).isEqualTo(published);
        assertThat(handled().idsBy("first")).isEmpty();
    }
}
