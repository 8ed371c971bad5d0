/** The queue's own connections to its database: one reader, and one writer that combines what waits. */
@NullMarked
package io.nsqite.database;

import org.jspecify.annotations.NullMarked;
