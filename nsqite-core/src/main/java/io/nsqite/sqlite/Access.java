package io.nsqite.sqlite;

/** What a transaction may do. */
enum Access {
    READ_WRITE,
    READ_ONLY
}
