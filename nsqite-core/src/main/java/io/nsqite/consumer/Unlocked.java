package io.nsqite.consumer;

import java.sql.SQLException;

/** Runs what waits for the database without the monitor, which its caller holds. */
final class Unlocked {

    private final Monitor monitor;

    Unlocked(Monitor monitor) {
        this.monitor = monitor;
    }

    interface Step<T> {
        T run() throws SQLException;
    }

    <T> T call(Step<T> step) throws SQLException {
        monitor.unlock();
        try {
            return step.run();
        } finally {
            monitor.lock();
        }
    }
}
