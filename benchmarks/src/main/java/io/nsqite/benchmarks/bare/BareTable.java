package io.nsqite.benchmarks.bare;

/**
 * A table to insert into.
 *
 * @param create creates it
 * @param insert inserts a row, whose payload is the only parameter
 * @param count counts the rows
 */
public record BareTable(String create, String insert, String count) {

    /** With the columns of the queue's log, and no index. */
    public static final BareTable LOG = new BareTable(
            """
            CREATE TABLE IF NOT EXISTS message (
              id INTEGER PRIMARY KEY,
              topic_id INTEGER NOT NULL,
              priority INTEGER NOT NULL,
              published_at INTEGER NOT NULL,
              deliver_at INTEGER,
              message_key TEXT,
              deduplication_key TEXT,
              headers TEXT,
              payload BLOB NOT NULL
            )""",
            "INSERT INTO message (topic_id, priority, published_at, payload) VALUES (1, 4, 1800000000000, ?)",
            "SELECT count(*) FROM message");

    /** As a small application has it. */
    public static final BareTable BUSINESS = new BareTable(
            "CREATE TABLE IF NOT EXISTS business (id INTEGER PRIMARY KEY, content BLOB NOT NULL)",
            "INSERT INTO business (content) VALUES (?)",
            "SELECT count(*) FROM business");
}
