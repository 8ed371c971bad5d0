package io.nsqite.schema;

/** What the queue does about its tables when it opens. In every mode it writes its rows: owners, topics, channels and messages. */
public enum SchemaMode {

    /** Creates the tables if there are none, and upgrades those of an older version. The default. */
    ALWAYS,

    /**
     * Creates and changes nothing, but checks that every table, column, index, trigger and view is there as it is needed. For tables
     * that a migration tool creates.
     */
    VALIDATE,

    /** Creates and changes nothing, and checks only that the tables are there, in a version that this library can live with. */
    NEVER
}
