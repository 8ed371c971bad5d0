/** The queue's own connections to its database: readers for different purposes, and one writer that combines what waits. */
@NullMarked
package io.nsqite.database;

import org.jspecify.annotations.NullMarked;
