/** A repaired {@code DataSource} for SQLite: one fair writer per database, transactions that behave behind a pool. */
@NullMarked
package io.nsqite.sqlite;

import org.jspecify.annotations.NullMarked;
