/** What is in the tables, in the words of the queue: the log, channels with their cursors, owners. */
@NullMarked
package io.nsqite.store;

import org.jspecify.annotations.NullMarked;
