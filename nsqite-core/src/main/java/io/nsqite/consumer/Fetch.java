package io.nsqite.consumer;

import java.sql.SQLException;

/** A step of fetching; runs with the monitor held. */
interface Fetch {

    void run() throws SQLException;
}
