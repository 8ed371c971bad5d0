package io.nsqite.store;

import io.nsqite.jdbc.Sql;
import io.nsqite.jdbc.TablePrefix;

/**
 * Base of all that have SQL for the queue's tables: gives the tables their prefix, once. So a statement can stand beside the method
 * that runs it.
 */
abstract class PrefixedTables {

    private final TablePrefix prefix;

    PrefixedTables(TablePrefix prefix) {
        this.prefix = prefix;
    }

    /** A statement whose text names tables in braces. */
    final Sql sql(String template) {
        return prefix.sql(template);
    }
}
